package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("no-server")
class AckSubjectTest {
    private static final AckSubject THIRD =
            new AckSubject("ORDERS", 3, 1_042, Instant.parse("2026-11-27T20:15:30.123456789Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$JS.ACK.ORDERS.worker.3.1042.77.1795810530123456789.5",
                "$JS.ACK.hub.ACCHASH.ORDERS.worker.3.1042.77.1795810530123456789.5",
                "$JS.ACK._.ACCHASH.ORDERS.worker.3.1042.77.1795810530123456789.5.token"
            })
    void saysWhatWasDeliveredAndHowOften(String subject) {
        assertThat(AckSubject.parse(subject)).isEqualTo(THIRD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_INBOX.abc.1",
                "$JS.ACK.ORDERS.worker.3.1042.77.1795810530123456789",
                "$JS.ACK.ORDERS.worker.three.1042.77.1795810530123456789.5",
                "$JS.API.A.B.3.1042.77.1795810530123456789.5"
            })
    void anythingElseIsRefused(String subject) {
        assertThatThrownBy(() -> AckSubject.parse(subject))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreDeliveriesThanCanBeCountedAreTheMost() {
        assertThat(
                        AckSubject.parse("$JS.ACK.S.c.99999999999.1.1.1795810530123456789.0")
                                .deliveries())
                .isEqualTo(Integer.MAX_VALUE);
    }
}
