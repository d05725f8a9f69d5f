package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    @Test
    void greetsWhomThePathNames() {
        try (TestFunction function =
                TestFunction.of(new __CLASS__())
                        .route("/__NAME__/{name}")
                        .config("GREETING", "Moin")) {
            TestResponse response = function.get("/__NAME__/Ada");

            assertEquals(200, response.status());
            assertEquals("Moin, Ada!\n", response.text());
        }
    }

    @Test
    void greetsTheWorldWithoutAName() {
        try (TestFunction function = TestFunction.of(new __CLASS__())) {
            assertEquals("Hello, World!\n", function.get("/__NAME__").text());
        }
    }
}
