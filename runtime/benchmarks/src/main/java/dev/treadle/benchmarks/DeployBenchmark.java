package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.benchmarks.process.NodeProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many functions a second can be deployed and called for the first time. */
final class DeployBenchmark implements Benchmark {
    private static final int CLIENTS = 8;

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public String question() {
        return "deploys with a first call each, over the admin API";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        int each = lab.count(1_500, 500);
        int rounds = 3;
        List<FunctionJar> jars = FunctionJar.several(each * (rounds + 1));
        Rounds perSecond = new Rounds();
        try (NodeProcess node =
                NodeProcess.start(lab.distribution(), Cores.SHARED, lab.newFolder("deploy"))
                        .awaitReady()) {
            deployAndCall(node, jars.subList(0, each));
            for (int i = 1; i <= rounds; i++) {
                List<FunctionJar> batch = jars.subList(i * each, (i + 1) * each);
                long start = System.nanoTime();
                deployAndCall(node, batch);
                perSecond.add(each * 1e9 / (System.nanoTime() - start));
            }
        }
        return List.of(
                Row.alone(
                        "deploy: deploy + first call, " + CLIENTS + " clients",
                        Row.format("%,.0f/s", perSecond.median()),
                        "≥ 500/s (2,500)"));
    }

    private static void deployAndCall(NodeProcess node, List<FunctionJar> jars) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                clients.add(
                        threads.submit(
                                () -> {
                                    everyOther(node, jars, first);
                                    return first;
                                }));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
    }

    private static void everyOther(NodeProcess node, List<FunctionJar> jars, int first)
            throws Exception {
        try (Caller admin = node.admin();
                Caller caller = new Caller(node.port())) {
            for (int i = first; i < jars.size(); i += CLIENTS) {
                node.deploy(admin, jars.get(i));
                caller.expect(Requests.get(jars.get(i).path()));
            }
        }
    }
}
