package dev.treadle.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The results of one run and the circumstances they were got under. For one thread. */
final class Report {
    private final Path source;
    private final String command;
    private final double loadBefore = load();
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param source the source tree
     * @param args of the command line
     */
    Report(Path source, String[] args) {
        this.source = source;
        this.command = "./treadle bench " + String.join(" ", args);
    }

    /** Takes in rows, and prints them at once: a run is long. */
    void add(List<Row> more) {
        rows.addAll(more);
        more.forEach(row -> System.err.println("  " + row.markdown()));
    }

    String markdown() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(LocalDate.now(ZoneOffset.UTC));
        text.append(", commit ").append(commit()).append("\n\n");
        text.append("`").append(command).append("` on ").append(machine()).append(".\n\n");
        text.append(Row.HEAD);
        rows.forEach(row -> text.append(row.markdown()).append('\n'));
        return text.append('\n').toString();
    }

    /** Puts them at the end of {@code RESULTS.md}. */
    void append() throws IOException {
        Files.writeString(
                source.resolve("runtime/benchmarks/RESULTS.md"),
                "\n" + markdown().stripTrailing() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private String machine() throws IOException {
        return "%d cores (%s), %d GiB, Linux %s, JDK %s; load %.1f before, %.1f after"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        proc("cpuinfo", "model name"),
                        Long.parseLong(proc("meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        loadBefore,
                        load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String proc(String file, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }

    private String commit() throws IOException {
        Process git =
                new ProcessBuilder(
                                "git", "-C", source.toString(), "describe", "--always", "--dirty")
                        .redirectErrorStream(true)
                        .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
