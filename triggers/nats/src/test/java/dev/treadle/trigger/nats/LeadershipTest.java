package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.nats.Leadership.Lead;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has the lease, against a real server. */
class LeadershipTest extends NodesOnNats {
    @Test
    void leaseThatIsGivenUpIsTakenAtOnce() throws Exception {
        Duration forever = Duration.ofHours(1);
        try (Leadership one = leadership("one", forever);
                Leadership two = leadership("two", forever)) {
            assertThat(one.lead()).isEqualTo(Lead.HANDED_OVER);
            assertThat(two.lead()).isEqualTo(Lead.ELSEWHERE);
            assertThat(two.holder()).isEqualTo("one");

            one.giveUp();

            assertThat(two.lead()).isEqualTo(Lead.HANDED_OVER);
            assertThat(one.lead()).isEqualTo(Lead.ELSEWHERE);
        }
    }

    @Test
    void leaseOfOneWhoHasFallenSilentIsTaken() throws Exception {
        try (Leadership silent = leadership("silent", Duration.ofHours(1));
                Leadership other = leadership("other", Duration.ofMillis(200))) {
            assertThat(silent.lead()).isEqualTo(Lead.HANDED_OVER);

            Set<Lead> seen = EnumSet.noneOf(Lead.class);
            Eventually.holds(
                    () -> {
                        seen.add(lead(other));
                        return other.holds();
                    });

            assertThat(seen).contains(Lead.TAKEN);
        }
    }

    private static Lead lead(Leadership of) {
        try {
            return of.lead();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Leadership leadership(String node, Duration timeout) {
        return new Leadership(
                new NatsSession(() -> Optional.of(outside), () -> ""), "trigger", node, timeout);
    }
}
