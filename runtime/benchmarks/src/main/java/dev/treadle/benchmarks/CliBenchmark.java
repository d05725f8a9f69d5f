package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.Cores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long the shortest command takes. */
final class CliBenchmark implements Benchmark {
    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String question() {
        return "wall time of treadle --version, beside java -version";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        String java = lab.distribution().javaHome().resolve("bin/java").toString();
        String treadle = lab.distribution().launcher().toString();
        Rounds ours = new Rounds();
        Rounds control = new Rounds();
        for (int i = 0; i < lab.count(25, 9); i++) {
            ours.add(millis(lab, treadle, "--version"));
            control.add(
                    millis(lab, java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version"));
        }
        return List.of(
                new Row(
                        "cli: treadle --version, beside java -version",
                        Row.format("%.0f ms", ours.median()),
                        Row.format("%.0f ms", control.median()),
                        Row.format("%.2f", ours.medianRatioTo(control)),
                        ""));
    }

    private static double millis(Lab lab, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("JAVA_HOME", lab.distribution().javaHome().toString()));
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        double took = (System.nanoTime() - start) / 1e6;
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
        return took;
    }
}
