package dev.treadle.samples.orderdiscount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import org.junit.jupiter.api.Test;

class OrderDiscountTest {
    private final TestFunction discount =
            TestFunction.of(new OrderDiscount()).config("DISCOUNTS", "10=3, 100=10");

    @Test
    void largerOrdersCostLess() {
        assertThat(discount.typed(new Line(9, 1_000)).text()).isEqualTo("1000");
        assertThat(discount.typed(new Line(10, 1_000)).text()).isEqualTo("970");
        assertThat(discount.typed(new Line(500, 1_001)).text()).isEqualTo("901");
    }

    @Test
    void priceThatCannotBeIsRefused() {
        assertThat(discount.typed(new Line(0, 1_000)).status()).isEqualTo(400);
    }
}
