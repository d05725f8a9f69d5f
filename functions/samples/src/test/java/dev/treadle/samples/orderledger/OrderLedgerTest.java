package dev.treadle.samples.orderledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderLedgerTest {
    private static final PricedOrder ENTRY = new PricedOrder("o-1", "cup", 3, 2_697L);

    private final TestFunction ledger = TestFunction.of(new OrderLedger());

    @Test
    void orderThatCameAsAnEventIsFound() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(ledger.event(ledger.newEvent("order.priced").json(ENTRY).build(), attempt))
                    .isEqualTo(new EventResult.Done());
        }

        assertThat(ledger.typed(Map.of("id", "o-1")).json(PricedOrder.class)).isEqualTo(ENTRY);
    }

    @Test
    void unknownOrderIsSaidToBeOne() {
        assertThat(ledger.typed(Map.of("id", "o-2")).status()).isEqualTo(404);
        assertThat(ledger.typed(Map.of("item", "cup")).text()).contains("`id` is missing");
    }
}
