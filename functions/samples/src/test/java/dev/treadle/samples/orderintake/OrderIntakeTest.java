package dev.treadle.samples.orderintake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.Published;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderIntakeTest {
    private final TestFunction intake = TestFunction.of(new OrderIntake()).route("/orders");

    private TestResponse order(Object order) {
        return intake.request("POST", "/orders").json(order).send();
    }

    @Test
    void orderIsPublishedAndItsIdIsAnswered() {
        TestResponse response = order(new Order("tea", 2));

        assertThat(response.status()).isEqualTo(202);
        assertThat(intake.published()).hasSize(1);
        Published published = intake.published().getFirst();
        assertThat(published.subject()).isEqualTo("orders.placed");
        assertThat(published.event().json(Order.class)).isEqualTo(new Order("tea", 2));
        assertThat(response.json(Map.class)).isEqualTo(Map.of("id", published.event().id()));
    }

    @Test
    void orderThatNobodyCouldDeliverIsRefused() {
        assertThat(order(Map.of("quantity", 2)).text()).contains("`item` is missing");
        assertThat(order(new Order("tea", 0)).status()).isEqualTo(400);
        assertThat(order(new Order("tea", 1_001)).text()).contains("1 to 1000");
        assertThat(intake.published()).isEmpty();
    }
}
