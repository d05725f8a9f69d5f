package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    private final TestFunction function = TestFunction.of(new __CLASS__());

    @Test
    void linesAreAddedUp() {
        __CLASS__.Order order =
                new __CLASS__.Order(
                        "Ada", List.of(new __CLASS__.Line("loom", 2, new BigDecimal("19.90"))));

        TestResponse response = function.typed(order);

        assertEquals(
                new __CLASS__.Receipt("Ada", new BigDecimal("39.80")),
                response.json(__CLASS__.Receipt.class));
    }

    @Test
    void orderWithoutLinesIsRefused() {
        TestResponse response = function.post("/", "{\"customer\":\"Ada\"}", "application/json");

        assertEquals(400, response.status());
    }
}
