package dev.treadle.benchmarks;

import dev.treadle.Handler;
import dev.treadle.benchmarks.functions.Noop;
import dev.treadle.benchmarks.functions.NoopBatch;
import dev.treadle.benchmarks.functions.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many events a second a trigger handles and a function publishes. */
final class EventsBenchmark implements Benchmark {
    private static final String ALL = "start: all";
    private static final int KEYS = 1_000;

    /** Enough for a second or two: what a consumer's first moments cost is not the question. */
    private static final int EVENTS = 300_000;

    private static final int EVENTS_QUICK = 60_000;

    /** As many events on their way as jnats has by default. */
    private static final int JNATS_BATCH = 500;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String question() {
        return "JetStream events with acknowledgement, beside jnats alone";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        try (EventsLab events = EventsLab.start(lab)) {
            List<Row> rows = new ArrayList<>();
            rows.add(consume(lab, events));
            rows.add(ordered(lab, events));
            rows.add(gathered(lab, events));
            rows.add(publish(lab, events));
            return rows;
        }
    }

    private static Row consume(Lab lab, EventsLab events) throws Exception {
        int count = lab.count(EVENTS, EVENTS_QUICK);
        Rounds ours = new Rounds();
        Rounds raw = new Rounds();
        for (int i = -lab.count(2, 1); i < lab.rounds(); i++) {
            String suffix = i < 0 ? "W" + -i : "" + i;
            double oursNow = ours(events, suffix, count);
            double rawNow = raw(events, suffix, count);
            if (i >= 0) {
                ours.add(oursNow);
                raw.add(rawNow);
            }
        }
        return Row.rates(
                Row.format(
                        "events: trigger with ack, %d B, nats-server %s, beside jnats consume + ack",
                        EventStreams.DATA_BYTES, events.natsVersion()),
                ours,
                raw,
                "≥ 0.80 (0.95)");
    }

    private static double ours(EventsLab events, String suffix, int count) throws Exception {
        String stream = "OURS" + suffix;
        events.streams().make(stream, "ours" + suffix + ".>");
        events.streams().fill("ours" + suffix + ".", 1, count);
        String trigger =
                "stream: %s, subject: ours%s.>, concurrency: %d, %s"
                        .formatted(stream, suffix, JNATS_BATCH, ALL);
        events.deploy(Noop.class, "noop", trigger, "limits: {concurrency: 1000}\n");
        double perSecond = events.streams().perSecond(stream, count);
        events.streams().remove(stream);
        return perSecond;
    }

    private static double raw(EventsLab events, String suffix, int count) throws Exception {
        String stream = "RAW" + suffix;
        events.streams().make(stream, "raw" + suffix + ".>");
        events.streams().fill("raw" + suffix + ".", 1, count);
        events.consumeRaw(stream, "raw" + suffix + ".>", "noop");
        double perSecond = events.streams().perSecond(stream, count);
        events.streams().remove(stream);
        return perSecond;
    }

    private static Row ordered(Lab lab, EventsLab events) throws Exception {
        return beside(
                lab,
                events,
                "KEYS",
                new Variant(Noop.class, "noop-keyed", "ordering: key, "),
                "events: ordering: key, 1,000 keys, beside ordering: none",
                "");
    }

    private static Row gathered(Lab lab, EventsLab events) throws Exception {
        return beside(
                lab,
                events,
                "GATHER",
                new Variant(NoopBatch.class, "noop-batch", "batch: {size: 100}, "),
                "events: batch of 100, beside one event at a time",
                "");
    }

    /** A function, what it is called, and how its trigger differs. */
    private record Variant(Class<? extends Handler> function, String name, String settings) {}

    /** The control is our own trigger with nothing special to it. */
    private static Row beside(
            Lab lab, EventsLab events, String prefix, Variant variant, String what, String goal)
            throws Exception {
        int count = lab.count(EVENTS, EVENTS_QUICK);
        Variant plain = new Variant(Noop.class, "noop", "");
        Rounds ours = new Rounds();
        Rounds control = new Rounds();
        for (int i = -1; i < lab.rounds(); i++) {
            String suffix = prefix + (i < 0 ? "W" : i);
            double oursNow = drained(events, "A" + suffix, count, variant);
            double controlNow = drained(events, "B" + suffix, count, plain);
            if (i >= 0) {
                ours.add(oursNow);
                control.add(controlNow);
            }
        }
        return Row.rates(what, ours, control, goal);
    }

    private static double drained(EventsLab events, String stream, int count, Variant variant)
            throws Exception {
        String prefix = stream.toLowerCase(Locale.ROOT) + ".";
        events.streams().make(stream, prefix + ">");
        events.streams().fill(prefix, KEYS, count);
        String trigger =
                "stream: %s, subject: %s>, concurrency: 256, %s%s"
                        .formatted(stream, prefix, variant.settings(), ALL);
        events.deploy(variant.function(), variant.name(), trigger, "limits: {concurrency: 1000}\n");
        double perSecond = events.streams().perSecond(stream, count);
        events.streams().remove(stream);
        return perSecond;
    }

    private static Row publish(Lab lab, EventsLab events) throws Exception {
        int count = lab.count(40_000, 5_000);
        events.streams().make("RELAYED", "relayed.>");
        Rounds ours = new Rounds();
        Rounds raw = new Rounds();
        for (int i = -1; i < lab.rounds(); i++) {
            String suffix = i < 0 ? "PW" : "P" + i;
            double oursNow = relayed(events, "O" + suffix, count, true);
            double rawNow = relayed(events, "R" + suffix, count, false);
            if (i >= 0) {
                ours.add(oursNow);
                raw.add(rawNow);
            }
        }
        return Row.rates(
                "events: an event in and one published, 64 at once, beside jnats with a publish each",
                ours,
                raw,
                "");
    }

    private static double relayed(EventsLab events, String stream, int count, boolean treadle)
            throws Exception {
        String prefix = stream.toLowerCase(Locale.ROOT) + ".";
        events.streams().make(stream, prefix + ">");
        events.streams().fill(prefix, 1, count);
        long before = events.streams().count("RELAYED");
        if (treadle) {
            events.deploy(
                    Relay.class,
                    "relay",
                    "stream: %s, subject: %s>, concurrency: 64, %s".formatted(stream, prefix, ALL),
                    "config: {SUBJECT: relayed.ours}\nlimits: {concurrency: 1000}\n");
        } else {
            events.consumeRaw(stream, prefix + ">", "relay");
        }
        double perSecond = events.streams().perSecond(stream, count);
        long published = events.streams().count("RELAYED") - before;
        if (published != count) {
            throw new IllegalStateException(
                    "%d events in, %d published".formatted(count, published));
        }
        events.streams().remove(stream);
        return perSecond;
    }
}
