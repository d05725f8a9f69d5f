package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Deliveries, failures and faults in virtual time, a few minutes of them for each seed. {@code
 * -Dtreadle.seed=N} runs one seed and {@code -Dtreadle.seeds=N} so many.
 */
@Tag("no-server")
class SimulationTest {
    private static final Logger LOG = Logger.getLogger(NatsTrigger.class.getName());
    private static final long SEEDS = Long.getLong("treadle.seeds", 400);
    private static final long SEEDS_OF_FLAW = 100;

    @BeforeAll
    static void beSilent() {
        LOG.setLevel(Long.getLong("treadle.seed") == null ? Level.OFF : Level.INFO);
    }

    @AfterAll
    static void beLoud() {
        LOG.setLevel(Level.INFO);
    }

    @Test
    void promisesHoldWhateverGoesWrong() throws Exception {
        List<AssertionError> broken = new ArrayList<>();
        Runnable all =
                () ->
                        seeds().forEach(
                                        seed -> {
                                            try {
                                                var _ = run(seed, Flaw.NONE);
                                            } catch (AssertionError e) {
                                                broken.add(e);
                                            }
                                        });
        // Virtual threads hand over to one another faster than to another kind.
        Thread.ofVirtual().start(all).join();

        assertThat(broken)
                .as(() -> "%d seeds; the first: %s".formatted(broken.size(), broken.getFirst()))
                .isEmpty();
    }

    private static LongStream seeds() {
        Long one = Long.getLong("treadle.seed");
        return one == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);
    }

    @Test
    void seedRunsTheSameWayEachTime() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(run(seed, Flaw.NONE)).isEqualTo(run(seed, Flaw.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void flawIsFoundOut(Flaw flaw) {
        assertThat(LongStream.rangeClosed(1, SEEDS_OF_FLAW).anyMatch(seed -> breaks(seed, flaw)))
                .isTrue();
    }

    private static boolean breaks(long seed, Flaw flaw) {
        try {
            var _ = run(seed, flaw);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    private static String run(long seed, Flaw flaw) {
        try (Simulation simulation = new Simulation(seed, flaw)) {
            try {
                simulation.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "-Dtreadle.seed=%d: %s%n%s".formatted(seed, simulation, e), e);
            }
            return simulation.toString();
        }
    }
}
