package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.LoadGenerator;
import dev.treadle.benchmarks.load.LoadResult;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.ControlProcess;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import dev.treadle.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Throughput and added latency of a function that does nothing. */
final class HttpBenchmark implements Benchmark {
    private static final int CONNECTIONS = 32;
    private static final int MODERATE_PER_SECOND = 4_000;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String question() {
        return "a function that does nothing, beside a bare Helidon handler";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Cores layout : lab.layouts()) {
            lab.enter(layout);
            rows.addAll(measure(lab, layout));
        }
        return rows;
    }

    private static List<Row> measure(Lab lab, Cores layout) throws IOException {
        FunctionJar function = FunctionJar.of(0);
        try (NodeProcess node =
                        NodeProcess.start(lab.distribution(), layout, lab.newFolder("http"))
                                .awaitReady();
                ServerProcess control =
                        ControlProcess.start(lab.distribution(), layout, lab.folder())) {
            node.deploy(List.of(function));
            control.awaitOk(ControlProcess.PATH);
            try (Subject ours = Subject.of(node.server(), function.path());
                    Subject bare = Subject.of(control, ControlProcess.PATH)) {
                Checked.ok(ours.load().flatOut(lab.warmUp()));
                Checked.ok(bare.load().flatOut(lab.warmUp()));
                List<Row> rows = new ArrayList<>();
                rows.addAll(throughput(lab, ours, bare, where(layout)));
                rows.addAll(latency(lab, ours.load(), bare.load(), where(layout)));
                return rows;
            }
        }
    }

    /** A server and the load on it. */
    private record Subject(ServerProcess server, LoadGenerator load) implements AutoCloseable {
        static Subject of(ServerProcess server, String path) throws IOException {
            return new Subject(
                    server,
                    new LoadGenerator(server.port(), CONNECTIONS, List.of(Requests.get(path))));
        }

        /** One round: requests per second, and processor time for each in microseconds. */
        void round(Lab lab, Rounds perSecond, Rounds processor) throws IOException {
            long before = server.processorNanos();
            LoadResult result = Checked.ok(load.flatOut(lab.round()));
            perSecond.add(result.perSecond());
            processor.add(
                    (server.processorNanos() - before) / 1000.0 / result.nanos().getTotalCount());
        }

        @Override
        public void close() throws IOException {
            load.close();
        }
    }

    private static List<Row> throughput(Lab lab, Subject ours, Subject bare, String where)
            throws IOException {
        Rounds[] measured = {new Rounds(), new Rounds()};
        Rounds[] control = {new Rounds(), new Rounds()};
        for (int i = 0; i < lab.rounds(); i++) {
            ours.round(lab, measured[0], measured[1]);
            bare.round(lab, control[0], control[1]);
        }
        return List.of(
                Row.rates(
                        "http: throughput, " + CONNECTIONS + " connections, " + where,
                        measured[0],
                        control[0],
                        "≥ 0.90 (0.97)"),
                new Row(
                        "http: processor time per request, " + where,
                        Row.format("%.2f µs", measured[1].median()),
                        Row.format("%.2f µs", control[1].median()),
                        Row.format("%.3f", measured[1].medianRatioTo(control[1])),
                        ""));
    }

    private static List<Row> latency(Lab lab, LoadGenerator ours, LoadGenerator bare, String where)
            throws IOException {
        Rounds[] measured = {new Rounds(), new Rounds()};
        Rounds[] control = {new Rounds(), new Rounds()};
        for (int i = 0; i < lab.rounds(); i++) {
            add(measured, Checked.ok(ours.at(MODERATE_PER_SECOND, lab.round())));
            add(control, Checked.ok(bare.at(MODERATE_PER_SECOND, lab.round())));
        }
        return List.of(
                added("p50", measured[0], control[0], where, "+20 µs (+8)"),
                added("p99", measured[1], control[1], where, "+100 µs (+40)"));
    }

    private static void add(Rounds[] rounds, LoadResult result) {
        rounds[0].add(result.micros(50));
        rounds[1].add(result.micros(99));
    }

    private static Row added(
            String percentile, Rounds ours, Rounds control, String where, String goal) {
        return new Row(
                Row.format("http: %s at %,d/s, %s", percentile, MODERATE_PER_SECOND, where),
                Row.format("%.1f µs", ours.median()),
                Row.format("%.1f µs", control.median()),
                Row.format("%+.1f µs", ours.medianAbove(control)),
                goal);
    }

    private static String where(Cores layout) {
        return switch (layout) {
            case APART -> "server on 1 core, generator on another";
            case SHARED -> "all cores shared";
        };
    }
}
