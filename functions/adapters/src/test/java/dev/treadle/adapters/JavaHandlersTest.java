package dev.treadle.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHandlersTest {
    @TempDir private Path folder;
    private IsolatedRelease release;

    @BeforeEach
    void load() throws Exception {
        release = new IsolatedRelease(folder, "acme/plain");
    }

    @AfterEach
    void unload() throws Exception {
        release.close();
    }

    private TestFunction function(String name) throws Exception {
        return TestFunction.of(release.handler("acme.plain." + name));
    }

    @Test
    void functionOfTextTakesTheBodyAsItIs() throws Exception {
        TestResponse response = function("Reverse").post("/", "abc", "text/plain");

        assertThat(response.text()).isEqualTo("cba");
        assertThat(response.contentType()).contains("text/plain; charset=utf-8");
    }

    @Test
    void functionTakesJsonByTheGenericsOfItsClass() throws Exception {
        TestResponse response =
                function("Sum")
                        .post(
                                "/",
                                "{\"a\":[{\"amount\":1}],\"b\":[{\"amount\":2}]}",
                                "application/json");

        assertThat(response.text()).isEqualTo("{\"sum\":3}");
    }

    @Test
    void payloadThatDoesNotFitIs400() throws Exception {
        assertThat(function("Sum").post("/", "[1]", "application/json").status()).isEqualTo(400);
    }

    @Test
    void consumerAnswersNothingAndIsClosed() throws Exception {
        try (TestFunction keep = function("Keep")) {
            assertThat(keep.post("/", new byte[17], "application/octet-stream").status())
                    .isEqualTo(204);
            assertThat(System.getProperty("acme.plain.Keep")).isEqualTo("17");
        }
        assertThat(System.getProperty("acme.plain.Keep")).isEqualTo("closed");
    }

    @Test
    void supplierNeedsNoBody() throws Exception {
        assertThat(function("Answer").get("/").text()).isEqualTo("42");
    }

    @Test
    void classOfNoKindHasNoAdapter() {
        assertThat(Adapters.adapt(new acme.plain.Nothing())).isEmpty();
    }
}
