package dev.treadle.benchmarks;

import dev.treadle.benchmarks.functions.Stopwatch;
import io.nats.client.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How long an event is on its way from its sender to the function. */
final class EventLatencyBenchmark implements Benchmark {
    private static final String REPORTS = "REPORTS";
    private static final int PER_SECOND = 4_000;

    @Override
    public String name() {
        return "event-latency";
    }

    @Override
    public String question() {
        return "from the publish of an event to the function's first line, at a fixed rate";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        try (EventsLab events = EventsLab.start(lab)) {
            EventStreams streams = events.streams();
            streams.make(REPORTS, "reports.>");
            streams.make("TIMED", "timed.>");
            streams.make("TIMEDRAW", "timedraw.>");
            events.deploy(
                    Stopwatch.class,
                    "stopwatch",
                    "stream: TIMED, subject: timed.>, start: all",
                    "config: {SUBJECT: reports.ours}\n");
            events.consumeRaw("TIMEDRAW", "timedraw.>", "stopwatch");
            streams.awaitConsumer("TIMED");
            Connection sender = events.connection();
            send(sender, "timed.x", PER_SECOND, lab.warmUp());
            send(sender, "timedraw.x", PER_SECOND, lab.warmUp());
            List<Row> rows = new ArrayList<>(at(PER_SECOND, "", lab, events));
            int half = fullLoad(lab, events) / 2;
            rows.addAll(at(half, ", half of what goes through", lab, events));
            return rows;
        }
    }

    /** How many events a second go through at most, while they are sent. */
    private static int fullLoad(Lab lab, EventsLab events) throws Exception {
        int count = lab.count(200_000, 40_000);
        Rounds rates = new Rounds();
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            for (int sent = 0; sent < count; sent++) {
                events.connection().publish("timed.x", dueNow());
            }
            events.connection().flush(Duration.ofSeconds(10));
            events.streams().awaitDone("TIMED");
            rates.add(count * 1e9 / (System.nanoTime() - start));
        }
        return (int) rates.median();
    }

    private static byte[] dueNow() {
        return ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
    }

    private static List<Row> at(int perSecond, String which, Lab lab, EventsLab events)
            throws Exception {
        Rounds[] ours = {new Rounds(), new Rounds()};
        Rounds[] raw = {new Rounds(), new Rounds()};
        var _ = ours(events);
        var _ = histogram(events.rawCounts());
        for (int i = 0; i < lab.rounds(); i++) {
            send(events.connection(), "timed.x", perSecond, lab.round());
            add(ours, ours(events));
            send(events.connection(), "timedraw.x", perSecond, lab.round());
            add(raw, histogram(events.rawCounts()));
        }
        String rate = Row.format(" at %,d/s%s", perSecond, which);
        return List.of(
                row("p50" + rate, ours[0], raw[0], "≤ 300 µs"),
                row("p99" + rate, ours[1], raw[1], "≤ 3 ms (1)"));
    }

    /** Sends at the rate, without waiting for confirmations: each message says when it was due. */
    private static void send(Connection sender, String subject, int perSecond, Duration time)
            throws Exception {
        long gap = 1_000_000_000L / perSecond;
        long start = System.nanoTime();
        long count = time.toNanos() / gap;
        for (long i = 0; i < count; i++) {
            long due = start + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            sender.publish(subject, ByteBuffer.allocate(Long.BYTES).putLong(due).array());
        }
        sender.flush(Duration.ofSeconds(10));
    }

    private static Histogram ours(EventsLab events) throws Exception {
        long before = events.streams().count(REPORTS);
        events.streams().publish("timed.x", new byte[0]);
        while (events.streams().count(REPORTS) == before) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return histogram(events.lastText(REPORTS));
    }

    private static Histogram histogram(String pairs) {
        Histogram histogram = new Histogram(3);
        String[] numbers = pairs.isBlank() ? new String[0] : pairs.strip().split(" ", -1);
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            histogram.recordValueWithCount(
                    Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1]));
        }
        return histogram;
    }

    private static void add(Rounds[] rounds, Histogram histogram) {
        rounds[0].add(histogram.getValueAtPercentile(50));
        rounds[1].add(histogram.getValueAtPercentile(99));
    }

    private static Row row(String what, Rounds ours, Rounds raw, String goal) {
        return new Row(
                "event-latency: publish to function, " + what,
                Row.format("%.0f µs", ours.median()),
                Row.format("%.0f µs", raw.median()),
                Row.format("%+.0f µs", ours.medianAbove(raw)),
                goal);
    }
}
