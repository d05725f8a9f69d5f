package dev.treadle.inference;

/**
 * How models run on a node.
 *
 * @param device what they run on
 * @param deviceId which one, counted from 0; of no meaning to the CPU
 * @param lanes how many runs of models there are at a time
 * @param threadsPerRun how many threads one run uses; lanes times these is all that computes
 * @param memoryBytesMax how large the files of loaded models may be together
 * @param waitingMax how many calls of one model may wait
 */
public record InferenceConfig(
        Device device,
        int deviceId,
        int lanes,
        int threadsPerRun,
        long memoryBytesMax,
        int waitingMax) {
    /** Without configuration: at most two runs at a time, which share the processors. */
    public static InferenceConfig defaults(int processors, long memoryBytesMax) {
        int lanes = Math.min(2, processors);
        return new InferenceConfig(Device.CPU, 0, lanes, processors / lanes, memoryBytesMax, 1_000);
    }

    public InferenceConfig {
        require("lanes", lanes, 1);
        require("threadsPerRun", threadsPerRun, 1);
        require("memoryBytesMax", memoryBytesMax, 1);
        require("waitingMax", waitingMax, 1);
        require("deviceId", deviceId, 0);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is at least %d: %d".formatted(name, least, value));
        }
    }
}
