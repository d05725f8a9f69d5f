package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs benchmarks: {@code [NAME…|all] [--quick] [--record]}. The launcher says by system properties
 * where the distribution ({@code treadle.home}) and the source tree ({@code treadle.source}) are.
 */
public final class Main {
    private static final List<Benchmark> ALL =
            List.of(
                    new HttpBenchmark(),
                    new ManyBenchmark(),
                    new ColdBenchmark(),
                    new DeployBenchmark(),
                    new MemoryBenchmark(),
                    new StartBenchmark(),
                    new CliBenchmark(),
                    new DevBenchmark(),
                    new DispatchBenchmark(),
                    new InferenceBenchmark(),
                    new EventsBenchmark(),
                    new EventLatencyBenchmark(),
                    new ParkedBenchmark(),
                    new KvBenchmark(),
                    new VectorsBenchmark(),
                    new SearchBenchmark(),
                    new BlobsBenchmark(),
                    new TableBenchmark());

    private Main() {}

    /** Ends with status 2 when the arguments make no sense. */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(List.of(args));
        boolean quick = names.remove("--quick");
        boolean record = names.remove("--record");
        List<Benchmark> wanted = wanted(names);
        if (wanted.isEmpty()) {
            System.err.println("treadle bench [NAME…|all] [--quick] [--record], with the names:");
            ALL.forEach(each -> System.err.printf("  %-13s %s%n", each.name(), each.question()));
            System.exit(2);
        }
        Path source = Path.of(System.getProperty("treadle.source", ".")).toAbsolutePath();
        Report report = new Report(source, args);
        Path folder = Files.createTempDirectory("treadle-bench-");
        Distribution distribution =
                new Distribution(
                        Path.of(System.getProperty("treadle.home", ".")).toAbsolutePath(),
                        Path.of(System.getProperty("java.home")));
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            for (Benchmark benchmark : wanted) {
                System.err.println(benchmark.name() + ": " + benchmark.question());
                report.add(benchmark.run(new Lab(distribution, source, folder, quick, cores)));
            }
        } finally {
            delete(folder);
        }
        System.out.print(report.markdown());
        if (record) {
            report.append();
        }
    }

    private static List<Benchmark> wanted(List<String> names) {
        if (names.equals(List.of("all"))) {
            return ALL;
        }
        List<Benchmark> found =
                ALL.stream().filter(benchmark -> names.contains(benchmark.name())).toList();
        return found.size() == names.size() ? found : List.of();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
