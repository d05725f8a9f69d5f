package dev.treadle.inference;

import dev.treadle.inference.InferenceFailed.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the node's process was started with. ONNX Runtime, as of 1.29, ends a process on Linux
 * without a word whose arguments have a little less than 4 KiB or more, as a class path that is
 * written out may.
 */
final class Arguments {
    static final int BYTES_MAX = 3_800;

    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /**
     * To be called before the library is used.
     *
     * @throws InferenceFailed when that would end the process
     */
    static void requireShort() {
        requireShort(OF_THIS_PROCESS);
    }

    static void requireShort(Path arguments) {
        int bytes = bytes(arguments);
        if (bytes > BYTES_MAX) {
            throw new InferenceFailed(
                    Reason.UNLOADABLE,
                    "the node was started with %d bytes of arguments, and ONNX Runtime crashes beyond %d; put them into a file, and start java with @FILE"
                            .formatted(bytes, BYTES_MAX));
        }
    }

    /** 0 where nothing tells, as on other systems. */
    private static int bytes(Path arguments) {
        try {
            return Files.readAllBytes(arguments).length;
        } catch (IOException e) {
            return 0;
        }
    }
}
