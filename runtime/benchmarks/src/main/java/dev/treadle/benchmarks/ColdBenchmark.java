package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The first call of a function that is deployed but not loaded. */
final class ColdBenchmark implements Benchmark {
    /** These warm up the node, not the function. */
    private static final int FIRST = 50;

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public String question() {
        return "the first call of a function that is deployed but not loaded";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(lab.layout());
        List<FunctionJar> jars = FunctionJar.several(lab.count(1_000, 300));
        Path data = lab.newFolder("cold").resolve("data");
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), lab.layout(), data).awaitReady()) {
            node.deploy(jars);
        }
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), lab.layout(), data).awaitReady()) {
            return callEach(node, jars);
        }
    }

    private static List<Row> callEach(NodeProcess node, List<FunctionJar> jars) throws IOException {
        Rounds millis = new Rounds();
        double first = 0;
        try (Caller caller = new Caller(node.port())) {
            for (int i = 0; i < jars.size(); i++) {
                byte[] request = Requests.get(jars.get(i).path());
                long start = System.nanoTime();
                caller.expect(request);
                double took = (System.nanoTime() - start) / 1e6;
                if (i == 0) {
                    first = took;
                }
                if (i >= FIRST) {
                    millis.add(took);
                }
            }
        }
        return List.of(
                Row.alone("cold: the very first call after a start", ms(first), ""),
                Row.alone("cold: first call, p50", ms(millis.median()), "≤ 5 ms (1)"),
                Row.alone("cold: first call, p99", ms(millis.percentile(99)), "≤ 20 ms (5)"));
    }

    private static String ms(double millis) {
        return Row.format("%.2f ms", millis);
    }
}
