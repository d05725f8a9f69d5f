package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets events flow through a function while something is killed in every round, and then counts:
 * each event has had its effect, and has had it once. What is killed when follows from the seed;
 * what runs at that moment does not.
 */
final class KillRounds implements AutoCloseable {
    /** Longer than AckWait: events of a killed node come back only after it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String EVENTS = "ORDERS";

    private final String name;
    private final long seed;
    private final Random random;
    private final int rounds;
    private final int perRound;
    private final Connection connection;
    private final EventEffects effects;
    private final EventLoad load;

    /** Something that can be killed, and comes back by itself or by this. */
    interface Victim {
        String name();

        void killAndRevive() throws Exception;
    }

    /**
     * Prepares rounds.
     *
     * @param rounds how many; {@code -Dsoak=ROUNDS} says otherwise, and spreads 100,000 events over
     *     them
     */
    KillRounds(String name, String url, int rounds, int perRound) throws Exception {
        this.name = name;
        this.seed = Long.getLong("seed", System.nanoTime());
        this.random = new Random(seed);
        this.rounds = Integer.getInteger("soak", rounds);
        this.perRound = System.getProperty("soak") == null ? perRound : 100_000 / this.rounds;
        this.connection =
                Nats.connect(
                        new Options.Builder()
                                .server(url)
                                .maxReconnects(-1)
                                .reconnectWait(Duration.ofMillis(50))
                                .errorListener(new ErrorListener() {})
                                .build());
        this.effects = new EventEffects(connection);
        this.load = new EventLoad(connection, "orders.new");
    }

    /** The function under proof: one derived event for each event. */
    static void deploy(Distribution distribution, TreadleProcess node) throws Exception {
        distribution.write(
                "derive/function.yaml",
                """
                schema: 1
                name: derive
                entry: Derive
                triggers:
                  - nats:
                      stream: ORDERS
                      subject: orders.new
                      create: {subjects: ["orders.>"]}
                      retry: {attempts: 1000, backoff: [50ms, 500ms]}
                """);
        distribution.write(
                "derive/Derive.java",
                """
                import dev.treadle.*;

                public final class Derive implements EventFunction {
                    @Override
                    public void handle(Event event, Context context) {
                        context.publish("derived.one", context.event("derived").text(event.text()).build());
                    }
                }
                """);
        Finished deployed = node.run("deploy", "derive");
        assertThat(deployed.status()).as(deployed.toString()).isZero();
    }

    void run(List<Victim> victims) throws Exception {
        effects.makeStream();
        Eventually.holds(() -> effects.count(EVENTS) == 0 && effects.isSettled(EVENTS));
        say("seed %d: %d rounds of %d events".formatted(seed, rounds, perRound));
        for (int round = 1; round <= rounds; round++) {
            long before = Math.max(0, effects.count(EventEffects.DERIVED));
            load.add(perRound);
            long moment = before + 1 + random.nextInt(perRound * 9 / 10);
            Victim victim = victims.get(random.nextInt(victims.size()));
            Eventually.holds(PATIENCE, () -> effects.count(EventEffects.DERIVED) >= moment);
            say("round %d: kills %s at effect %d".formatted(round, victim.name(), moment));
            victim.killAndRevive();
        }
    }

    /** Waits until all is done, and counts. */
    void count() throws Exception {
        Eventually.holds(PATIENCE, load::isDone);
        long events = (long) rounds * perRound;
        assertThat(load.confirmed()).isEqualTo(events);
        assertThat(effects.count(EVENTS)).as("events, seed %d", seed).isEqualTo(events);
        try {
            Eventually.holds(PATIENCE, () -> effects.isSettled(EVENTS));
        } finally {
            say(
                    "%d rounds, %d events (%d published once more), %d effects, %d redeliveries, %d dead letters"
                            .formatted(
                                    rounds,
                                    events,
                                    load.repeated(),
                                    effects.count(EventEffects.DERIVED),
                                    effects.redeliveries(EVENTS),
                                    effects.count("TREADLE_DLQ")));
        }
        Map<String, Integer> derived = effects.derived();
        for (long number = 1; number <= events; number++) {
            assertThat(derived.getOrDefault(String.valueOf(number), 0))
                    .as("effects of event %d, seed %d", number, seed)
                    .isEqualTo(1);
        }
        assertThat(derived).hasSize(Math.toIntExact(events));
        assertThat(effects.count("TREADLE_DLQ")).as("dead letters, seed %d", seed).isZero();
    }

    private void say(String line) {
        System.out.println("kill rounds, " + name + ": " + line);
    }

    @Override
    public void close() throws InterruptedException {
        load.close();
        connection.close();
    }
}
