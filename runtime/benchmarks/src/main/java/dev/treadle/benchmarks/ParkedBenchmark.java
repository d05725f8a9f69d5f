package dev.treadle.benchmarks;

import dev.treadle.benchmarks.functions.Parked;
import java.io.IOException;
import java.util.List;

/** What invocations occupy while they wait. */
final class ParkedBenchmark implements Benchmark {
    /** One place of the 10,000 that a trigger may have is for the event that ends the others. */
    private static final int EACH = 9_999;

    @Override
    public String name() {
        return "parked";
    }

    @Override
    public String question() {
        return "resident memory of invocations that wait, one event each";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        int functions = lab.count(10, 2);
        int count = functions * EACH;
        try (EventsLab events = EventsLab.start(lab)) {
            EventStreams streams = events.streams();
            for (int i = 0; i < functions; i++) {
                streams.make("PARKED" + i, "parked" + i + ".>");
                events.deploy(
                        Parked.class,
                        "parked" + i,
                        "stream: PARKED%d, subject: parked%d.>, concurrency: 10000, start: all"
                                .formatted(i, i),
                        "limits: {concurrency: 10000, timeout: 10m}\n");
                streams.awaitConsumer("PARKED" + i);
            }
            long before = afterCollection(lab, events);
            for (int i = 0; i < functions; i++) {
                streams.fill("parked" + i + ".", 1, EACH);
            }
            for (int i = 0; i < functions; i++) {
                streams.awaitPending("PARKED" + i, EACH);
            }
            long during = afterCollection(lab, events);
            for (int i = 0; i < functions; i++) {
                streams.publish("parked" + i + ".0", new byte[0]);
                streams.awaitPending("PARKED" + i, 0);
            }
            return List.of(
                    Row.alone(
                            Row.format("parked: RSS of the node with %,d invocations", count),
                            Row.format("%.2f GiB", during / 1024.0 / 1024.0),
                            "≤ 1.5 GiB"),
                    Row.alone(
                            "parked: RSS for each",
                            Row.format("%.1f KiB", (during - before) / (double) count),
                            ""));
        }
    }

    private static long afterCollection(Lab lab, EventsLab events) throws IOException {
        for (int i = 0; i < 3; i++) {
            var _ = events.node().server().jcmd(lab.distribution().javaHome(), "GC.run");
        }
        return events.node().server().residentKib();
    }
}
