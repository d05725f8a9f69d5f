package dev.treadle.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that writes without end, and says the number of each write when it has returned. */
public final class KilledWriter {
    private KilledWriter() {}

    /**
     * Kills one in the middle of its writing, as {@code kill -9}.
     *
     * @param main takes the folder as its argument
     * @param enough when it has said this
     * @return the last number that it said
     */
    public static int killWhileItWrites(Class<?> main, Path folder, int enough)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        main.getName(),
                                        folder.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int last = -1;
        try (BufferedReader said =
                new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && last < enough) {
                last = Integer.parseInt(line);
                line = said.readLine();
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        assertThat(last).as("the writer was killed while it wrote").isGreaterThanOrEqualTo(enough);
        return last;
    }
}
