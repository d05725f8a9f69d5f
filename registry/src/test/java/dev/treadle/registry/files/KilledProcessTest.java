package dev.treadle.registry.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die while they deploy. */
class KilledProcessTest {
    private static final int STEPS_MAX = 60;
    private static final int ROUNDS = 12;
    private static final int FUNCTIONS = 3;

    @TempDir Path folder;

    @Test
    void aProcessThatHaltsAtAnyStepOfADeployLeavesTheOldStateOrTheNew() throws Exception {
        int deployed = 0;
        int exit = DeployingProcess.HALTED;
        for (int step = 1; exit == DeployingProcess.HALTED; step++) {
            assertThat(step).isLessThan(STEPS_MAX);
            Process process = start("once", step).inheritIO().start();
            exit = process.waitFor();
            assertThat(exit).isIn(0, DeployingProcess.HALTED);
            try (FileStore store = CrashScene.open(folder, new RealDisk())) {
                Optional<DeployedFunction> hello = CrashScene.check(store).hello();
                int newest = hello.map(f -> f.newest().number()).orElse(0);
                assertThat(newest).as("after step %d", step).isBetween(deployed, deployed + 1);
                assertThat(hello.flatMap(DeployedFunction::live))
                        .isEqualTo(newest == 0 ? Optional.empty() : Optional.of(Split.all(newest)));
                assertThat(CrashScene.files(folder)).noneMatch(name -> name.contains("incoming"));
                deployed = newest;
            }
        }
        assertThat(deployed).as("the last process got through").isPositive();
    }

    @Test
    void killedAtAnyTimeNothingThatWasToldIsLost() throws Exception {
        Random random = new Random(20261123);
        for (int round = 1; round <= ROUNDS; round++) {
            Map<FunctionName, Integer> told = runAndKill(random.nextInt(1, 150));
            try (FileStore store = CrashScene.open(folder, new RealDisk())) {
                for (Map.Entry<FunctionName, Integer> last : told.entrySet()) {
                    checkAfterKill(store, last.getKey(), last.getValue(), round);
                }
            }
        }
    }

    private static void checkAfterKill(FileStore store, FunctionName name, int told, int round)
            throws IOException {
        CrashScene.check(store);
        DeployedFunction function = store.registry().catalog().function(name).orElseThrow();
        Release newest = function.newest();
        assertThat(newest.number()).as("%s in round %d", name, round).isBetween(told, told + 1);
        assertThat(function.live()).contains(Split.all(newest.number()));
        assertThat(newest.artifact()).isEqualTo(Digest.of(CrashScene.jar(name, newest.number())));
    }

    /** The last release of each function that the process told of before it was killed. */
    private Map<FunctionName, Integer> runAndKill(int lines) throws IOException {
        Process process =
                start("forever", FUNCTIONS).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        StringBuilder output = new StringBuilder();
        try (Reader out = process.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            for (int c = out.read(); c >= 0; c = out.read()) {
                output.append((char) c);
                if (c == '\n' && ++read == lines) {
                    // Process.destroyForcibly would close the pipe that we still read.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(read).isGreaterThanOrEqualTo(lines);
        }
        // A line that the kill cut short is not told.
        String whole = output.substring(0, output.lastIndexOf("\n"));
        Map<FunctionName, Integer> told = new TreeMap<>();
        whole.lines()
                .map(line -> line.split(" "))
                .forEach(words -> told.put(new FunctionName(words[0]), Integer.valueOf(words[1])));
        return told;
    }

    private ProcessBuilder start(String mode, int number) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                DeployingProcess.class.getName(),
                mode,
                folder.toString(),
                Integer.toString(number));
    }
}
