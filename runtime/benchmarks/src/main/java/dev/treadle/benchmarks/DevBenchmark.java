package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** From saving a source file to the first answer by the new code, under {@code treadle dev}. */
final class DevBenchmark implements Benchmark {
    private static final String SAMPLE = "functions/samples/hello";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "dev";
    }

    @Override
    public String question() {
        return "from a save of the hello sample to the first answer by the new code";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        Path folder = lab.newFolder("dev");
        Path project = copy(lab.source().resolve(SAMPLE), folder.resolve("hello"));
        Rounds millis = new Rounds();
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), Cores.SHARED, folder.resolve("data"))
                        .awaitReady()) {
            Process dev = node.cli(lab.distribution(), "dev", project.toString());
            try {
                node.server().awaitOk("/hello");
                int saves = lab.count(30, 10);
                for (int i = 0; i < saves; i++) {
                    millis.add(saveToServed(node.port(), project, "Save " + i));
                }
            } finally {
                dev.destroy();
                dev.waitFor();
            }
        }
        return List.of(
                row("median", millis.median(), "< 300 ms (100)"),
                row("slowest", millis.percentile(100), ""));
    }

    private static double saveToServed(int port, Path project, String greeting) throws IOException {
        Path source = project.resolve("src/main/java/dev/treadle/samples/hello/Hello.java");
        String changed =
                Files.readString(source).replaceAll("text\\(.*\\);", "text(\"" + greeting + "\");");
        byte[] request = Requests.get("/hello");
        try (Caller caller = new Caller(port)) {
            long start = System.nanoTime();
            Files.writeString(source, changed);
            while (!caller.expect(request).equals(greeting)) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException("the change was not served within " + PATIENCE);
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static Row row(String which, double millis, String goal) {
        return Row.alone("dev: save to served, " + which, Row.format("%.0f ms", millis), goal);
    }
}
