package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Lets work flow through a function while something is killed in every round, and then counts: each
 * piece has had its effect, and has had it once. What is killed when follows from the seed; what
 * runs at that moment does not.
 */
final class KillRounds implements AutoCloseable {
    /** Longer than AckWait: events of a killed node come back only after it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Derive function;
    private final String name;
    private final long seed;
    private final Random random;
    private final int rounds;
    private final int perRound;
    private final Connection connection;
    private final EventEffects effects;

    /** Something that can be killed, and comes back by itself or by this. */
    interface Victim {
        String name();

        void killAndRevive() throws Exception;
    }

    /**
     * Prepares rounds.
     *
     * @param rounds how many; {@code -Dsoak=ROUNDS} says otherwise, and spreads 100,000 pieces over
     *     them
     */
    KillRounds(Derive function, String name, String url, int rounds, int perRound)
            throws Exception {
        this.function = function;
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
    }

    /** The events of {@link Derive#EVENTS}. */
    Load events() {
        return new EventLoad(connection, "orders.new");
    }

    void run(Load load, List<Victim> victims) throws Exception {
        effects.makeStream();
        if (function.isOfEvents()) {
            Eventually.holds(
                    () ->
                            effects.count(function.stream()) == 0
                                    && effects.isSettled(function.stream()));
        }
        say("seed %d: %d rounds of %d".formatted(seed, rounds, perRound));
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
    void count(Load load) throws Exception {
        Eventually.holds(PATIENCE, load::isDone);
        long all = (long) rounds * perRound;
        assertThat(load.confirmed()).isEqualTo(all);
        try {
            Eventually.holds(PATIENCE, () -> effects.isSettled(function.stream()));
        } finally {
            say(
                    "%d rounds, %d in all (%d asked for once more), %d effects, %d redeliveries, %d dead letters"
                            .formatted(
                                    rounds,
                                    all,
                                    load.repeated(),
                                    effects.count(EventEffects.DERIVED),
                                    effects.redeliveries(function.stream()),
                                    effects.count("TREADLE_DLQ")));
        }
        List<String> derived =
                effects.entries(EventEffects.DERIVED).stream()
                        .map(EventEffects.Entry::text)
                        .toList();
        assertEachOnce(all, derived, load);
        assertThat(effects.count("TREADLE_DLQ")).as("dead letters, seed %d", seed).isZero();
        if (function.isOfEvents()) {
            assertThat(effects.count(function.stream())).as("events, seed %d", seed).isEqualTo(all);
        }
        if (function == Derive.EVENTS_BY_KEY) {
            assertInOrderByKey(derived);
        }
    }

    private void assertEachOnce(long all, List<String> derived, Load load) {
        Map<String, Integer> times = new HashMap<>();
        derived.forEach(text -> times.merge(text, 1, Integer::sum));
        for (long number = 1; number <= all; number++) {
            assertThat(times.getOrDefault(String.valueOf(number), 0))
                    .as("effects of %d, seed %d", number, seed)
                    .isBetween(1, load.mayBeTwice(number) ? Integer.MAX_VALUE : 1);
        }
        assertThat(times).hasSize(Math.toIntExact(all));
    }

    /** The effects of each key's events came in the order in which the stream has them. */
    private void assertInOrderByKey(List<String> derived) throws Exception {
        Map<String, Integer> places = new HashMap<>();
        derived.forEach(text -> places.put(text, places.size()));
        Map<String, List<Integer>> byKey =
                effects.entries(function.stream()).stream()
                        .collect(
                                Collectors.groupingBy(
                                        EventEffects.Entry::key,
                                        Collectors.mapping(
                                                entry -> places.get(entry.text()),
                                                Collectors.toList())));
        assertThat(byKey).hasSizeGreaterThan(1);
        byKey.forEach(
                (key, effectsOfKey) ->
                        assertThat(effectsOfKey).as("key %s, seed %d", key, seed).isSorted());
    }

    private void say(String line) {
        System.out.println("kill rounds, " + name + ": " + line);
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
