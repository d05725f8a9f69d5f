package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.LoadGenerator;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What it costs that there are many functions. */
final class ManyBenchmark implements Benchmark {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "many";
    }

    @Override
    public String question() {
        return "many functions called in turn, beside one of them called alone";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(lab.layout());
        List<Row> rows = new ArrayList<>();
        rows.add(measure(lab, 1_000, "≥ 0.85"));
        if (!lab.quick()) {
            rows.add(measure(lab, 5_000, "(0.95)"));
        }
        return rows;
    }

    private static Row measure(Lab lab, int functions, String goal) throws IOException {
        List<FunctionJar> jars = FunctionJar.several(functions);
        List<byte[]> requests = jars.stream().map(jar -> Requests.get(jar.path())).toList();
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), lab.layout(), lab.newFolder("many"))
                        .awaitReady()) {
            node.deploy(jars);
            try (LoadGenerator all = new LoadGenerator(node.port(), CONNECTIONS, requests);
                    LoadGenerator one =
                            new LoadGenerator(
                                    node.port(), CONNECTIONS, List.of(requests.getFirst()))) {
                Checked.ok(all.flatOut(lab.warmUp()));
                Checked.ok(one.flatOut(lab.warmUp()));
                Rounds many = new Rounds();
                Rounds single = new Rounds();
                for (int i = 0; i < lab.rounds(); i++) {
                    many.add(Checked.ok(all.flatOut(lab.round())).perSecond());
                    single.add(Checked.ok(one.flatOut(lab.round())).perSecond());
                }
                return Row.rates(
                        Row.format("many: %,d functions in turn, beside 1 of them", functions),
                        many,
                        single,
                        goal);
            }
        }
    }
}
