package dev.treadle.samples.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final TestFunction audit =
            TestFunction.of(new Audit()).config("TYPES", "order.,payment.");

    @Test
    void eventBecomesOneLine() {
        EventResult result =
                audit.event(
                        audit.newEvent("order.accepted")
                                .id("o-17")
                                .source("/shop/berlin")
                                .subject("17")
                                .json(Map.of("amount", 3))
                                .build(),
                        2);

        assertThat(result).isEqualTo(new EventResult.Done());
        assertThat(audit.log().messages())
                .containsExactly("order.accepted o-17 from /shop/berlin about 17: 12 bytes, try 2");
    }

    @Test
    void eventOfAnotherTypeIsNotTriedAgain() {
        assertThat(audit.event(audit.newEvent("ping").build()))
                .isInstanceOf(EventResult.DeadLetter.class);
    }
}
