package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.LoadGenerator;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an idle loaded function occupies. All functions are deployed from the start; the difference
 * is between two moments after a full collection, with more of them loaded at the second.
 */
final class MemoryBenchmark implements Benchmark {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String question() {
        return "resident memory for each loaded function that does nothing";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        int more = lab.count(2_000, 500);
        List<FunctionJar> jars = FunctionJar.several(more + 200);
        Path data = lab.newFolder("memory").resolve("data");
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), Cores.SHARED, data).awaitReady()) {
            node.deploy(jars);
        }
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), Cores.SHARED, data).awaitReady()) {
            callEach(node, jars.subList(0, 200));
            touchTheYoungGeneration(lab, node, jars.getFirst());
            long before = afterCollection(lab, node);
            callEach(node, jars.subList(200, jars.size()));
            long after = afterCollection(lab, node);
            return List.of(
                    Row.alone(
                            Row.format("memory: RSS per idle loaded function, over %,d", more),
                            Row.format("%.0f KiB", (after - before) / (double) more),
                            "≤ 300 KiB (100)"),
                    Row.alone(
                            "memory: RSS of the node before those",
                            Row.format("%.0f MiB", before / 1024.0),
                            ""));
        }
    }

    private static void callEach(NodeProcess node, List<FunctionJar> jars) throws IOException {
        try (Caller caller = new Caller(node.port())) {
            for (FunctionJar jar : jars) {
                caller.expect(Requests.get(jar.path()));
            }
        }
    }

    /** Else its pages, touched by the calls later, would be counted as the functions'. */
    private static void touchTheYoungGeneration(Lab lab, NodeProcess node, FunctionJar function)
            throws IOException {
        try (LoadGenerator load =
                new LoadGenerator(node.port(), 32, List.of(Requests.get(function.path())))) {
            Checked.ok(load.flatOut(lab.warmUp()));
        }
    }

    private static long afterCollection(Lab lab, NodeProcess node) throws IOException {
        for (int i = 0; i < 3; i++) {
            node.server().jcmd(lab.distribution().javaHome(), "GC.run");
        }
        return node.server().residentKib();
    }
}
