package dev.treadle.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which cores the measured server and the load generator get. */
public enum Cores {
    /** The server has core 0 to itself, the generator the others. */
    APART,
    /** Both share all cores. */
    SHARED;

    /** Whether this machine can keep the two apart. */
    public static boolean canSplit() {
        return Runtime.getRuntime().availableProcessors() > 1 && onPath("taskset");
    }

    /** What comes before a server's command. */
    public List<String> prefix() {
        return this == APART ? List.of("taskset", "-c", "0") : List.of();
    }

    /** Moves this process to the generator's cores. */
    public void moveGenerator(int allCores) throws IOException, InterruptedException {
        if (!onPath("taskset")) {
            return;
        }
        String list =
                IntStream.range(this == APART ? 1 : 0, allCores)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        String pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("taskset", "-acp", list, pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
