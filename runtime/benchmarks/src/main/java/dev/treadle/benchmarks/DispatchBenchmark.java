package dev.treadle.benchmarks;

import dev.treadle.benchmarks.jmh.EngineDispatch;
import dev.treadle.benchmarks.process.Cores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the engine alone costs. */
final class DispatchBenchmark implements Benchmark {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "dispatch";
    }

    @Override
    public String question() {
        return "Engine.dispatch alone, by JMH";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(EngineDispatch.class.getName())
                                        .addProfiler(GCProfiler.class)
                                        .forks(lab.count(3, 1))
                                        .warmupIterations(lab.count(5, 3))
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(lab.count(5, 3))
                                        .measurementTime(TimeValue.seconds(1))
                                        .jvmArgs("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders")
                                        .output(lab.newFolder("jmh").resolve("jmh.log").toString())
                                        .build())
                        .run();
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            Result<?> primary = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            rows.add(
                    Row.alone(
                            "dispatch: " + primary.getLabel(),
                            Row.format(
                                    "%.0f ± %.0f ns, %.0f B",
                                    primary.getScore(),
                                    primary.getScoreError(),
                                    allocated == null ? Double.NaN : allocated.getScore()),
                            ""));
        }
        return rows;
    }
}
