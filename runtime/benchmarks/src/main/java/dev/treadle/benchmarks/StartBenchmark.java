package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.ControlProcess;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import dev.treadle.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From starting the process to the first answer of a function. */
final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "process start to the first 200 of a function, with and without an AOT cache";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        FunctionJar function = FunctionJar.of(0);
        Path data = lab.newFolder("start").resolve("data");
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), Cores.SHARED, data).awaitReady()) {
            node.deploy(List.of(function));
        }
        Rounds cached = new Rounds();
        Rounds bareCached = new Rounds();
        Rounds plain = new Rounds();
        Rounds barePlain = new Rounds();
        for (int i = 0; i < lab.rounds(); i++) {
            cached.add(first(NodeProcess.start(lab.distribution(), Cores.SHARED, data), function));
            bareCached.add(
                    first(
                            ControlProcess.startWithCache(
                                    lab.distribution(), Cores.SHARED, lab.folder())));
            plain.add(
                    first(
                            NodeProcess.startWithoutCache(lab.distribution(), Cores.SHARED, data),
                            function));
            barePlain.add(
                    first(ControlProcess.start(lab.distribution(), Cores.SHARED, lab.folder())));
        }
        return List.of(
                row(
                        "with an AOT cache, through the launcher",
                        cached,
                        bareCached,
                        "≤ 400 ms (200)"),
                row("without an AOT cache", plain, barePlain, ""));
    }

    private static double first(NodeProcess node, FunctionJar function) throws IOException {
        try (node) {
            return node.server().awaitOk(function.path()).toNanos() / 1e6;
        }
    }

    private static double first(ServerProcess control) throws IOException {
        try (control) {
            return control.awaitOk(ControlProcess.PATH).toNanos() / 1e6;
        }
    }

    private static Row row(String how, Rounds ours, Rounds control, String goal) {
        return new Row(
                "start: to the first 200, " + how,
                Row.format("%.0f ms", ours.median()),
                Row.format("%.0f ms", control.median()),
                Row.format("%.2f", ours.medianRatioTo(control)),
                goal);
    }
}
