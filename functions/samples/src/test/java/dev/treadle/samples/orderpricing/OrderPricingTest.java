package dev.treadle.samples.orderpricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import org.junit.jupiter.api.Test;

class OrderPricingTest {
    private final TestFunction pricing =
            TestFunction.of(new OrderPricing())
                    .config("PRICES", "tea=450, cup=899")
                    .calls("order-discount", Line.class, (line, context) -> line.cents() - 7);

    private EventResult price(String item, int quantity) {
        return pricing.event(
                pricing.newEvent("order.placed").id("o-1").json(new Order(item, quantity)).build());
    }

    @Test
    void orderGetsThePriceOfAllOfItLessTheDiscount() {
        assertThat(price("cup", 3)).isEqualTo(new EventResult.Done());

        assertThat(pricing.published().getFirst().subject()).isEqualTo("orders.priced");
        assertThat(pricing.published().getFirst().event().json(PricedOrder.class))
                .isEqualTo(new PricedOrder("o-1", "cup", 3, 2_690));
    }

    @Test
    void articleWithoutAPriceIsNotTriedAgain() {
        assertThat(price("samovar", 1)).isInstanceOf(EventResult.DeadLetter.class);
        assertThat(pricing.published()).isEmpty();
    }

    @Test
    void priceListWithAMistakeDoesNotGoLive() {
        TestFunction broken = TestFunction.of(new OrderPricing()).config("PRICES", "tea");

        assertThatThrownBy(broken::start).hasMessageContaining("tea=450");
    }
}
