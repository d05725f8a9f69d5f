package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("no-server")
class DeliveriesTest {
    /** A multiple of every number of places. */
    private static final long SAME_PLACE = 1 << 20;

    private final Deliveries deliveries = new Deliveries(8);

    @Test
    void eventThatIsHereIsNotTakenAgain() {
        assertThat(deliveries.take(new StoredDelivery(1))).isTrue();
        assertThat(deliveries.take(new StoredDelivery(1))).isFalse();
    }

    @Test
    void eventThatHasEndedIsTakenAgain() {
        Delivery first = new StoredDelivery(1);
        deliveries.take(first);
        deliveries.end(first);

        assertThat(deliveries.take(new StoredDelivery(1))).isTrue();
    }

    @Test
    void eventsWhosePlacesAreTheSameAreAllHere() {
        List<Delivery> same =
                List.of(
                        new StoredDelivery(1),
                        new StoredDelivery(1 + SAME_PLACE),
                        new StoredDelivery(1 + 2 * SAME_PLACE));

        assertThat(same).allMatch(deliveries::take);
        assertThat(same).noneMatch(deliveries::take);
        assertThat(here()).containsExactlyInAnyOrderElementsOf(same);
    }

    @Test
    void eventThatFoundItsPlaceTakenIsNotTakenAgainWhenThePlaceIsFree() {
        Delivery first = new StoredDelivery(1);
        deliveries.take(first);
        deliveries.take(new StoredDelivery(1 + SAME_PLACE));
        deliveries.end(first);

        assertThat(deliveries.take(new StoredDelivery(1 + SAME_PLACE))).isFalse();
    }

    @Test
    void eventThatFoundItsPlaceTakenEndsAsWell() {
        Delivery first = new StoredDelivery(1);
        Delivery aside = new StoredDelivery(1 + SAME_PLACE);
        deliveries.take(first);
        deliveries.take(aside);
        deliveries.end(aside);

        assertThat(here()).containsExactly(first);
        assertThat(deliveries.take(new StoredDelivery(1 + SAME_PLACE))).isTrue();
    }

    @Test
    void endOfAnAnsweredDeliveryLeavesTheOneThatCameAfterIt() {
        for (long sequence : List.of(1L, 1 + SAME_PLACE)) {
            Delivery first = new StoredDelivery(sequence);
            Delivery second = new StoredDelivery(sequence, 2, first.published());
            assertThat(deliveries.take(first)).isTrue();
            first.handBack();
            assertThat(deliveries.take(second)).isTrue();
            deliveries.end(first);

            assertThat(here()).contains(second).doesNotContain(first);
        }
    }

    private List<Delivery> here() {
        List<Delivery> here = new ArrayList<>();
        deliveries.forEach(here::add);
        return here;
    }
}
