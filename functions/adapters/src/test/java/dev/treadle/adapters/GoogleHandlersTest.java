package dev.treadle.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.CloudEventsFunction;
import dev.treadle.Event;
import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleHandlersTest {
    private static final Event EVENT =
            Event.builder("upload.finished")
                    .id("e1")
                    .source("/buckets/photos")
                    .subject("cat.jpg")
                    .time(Instant.parse("2026-11-01T12:00:00Z"))
                    .extension("site", "par1")
                    .dataContentType("application/json")
                    .data(
                            "{\"bucket\":\"photos\",\"name\":\"cat.jpg\"}"
                                    .getBytes(StandardCharsets.UTF_8))
                    .build();

    @TempDir private Path folder;
    private IsolatedRelease release;

    @BeforeEach
    void load() throws Exception {
        release =
                new IsolatedRelease(
                        folder, "acme/google", CloudEventsFunction.class, CloudEvent.class);
    }

    @AfterEach
    void unload() throws Exception {
        release.close();
    }

    private TestFunction function(String name) throws Exception {
        return TestFunction.of(release.handler("acme.google." + name));
    }

    @Test
    void httpFunctionSeesTheRequestAndWritesTheAnswer() throws Exception {
        try (TestFunction page = function("Page")) {
            TestResponse response =
                    page.request("POST", "/a?q=1%2B1")
                            .header("Host", "example.org")
                            .body("body", "text/plain; charset=ISO-8859-1")
                            .send();

            assertThat(response.status()).isEqualTo(202);
            assertThat(response.text())
                    .isEqualTo(
                            "POST|http://example.org/a?q=1%2B1|/a|q=1%2B1|1+1|text/plain;"
                                    + " charset=ISO-8859-1|ISO-8859-1|body");
            assertThat(response.headers().get("x-two")).containsExactly("a", "b");
        }
        assertThat(System.getProperty("acme.google.Page")).isEqualTo("closed");
    }

    @Test
    void httpFunctionCopiesBytes() throws Exception {
        byte[] bytes = {0, 1, (byte) 0xFF};

        assertThat(function("Bytes").post("/", bytes, "application/octet-stream").bytes())
                .isEqualTo(bytes);
    }

    @Test
    void partsAreRefusedWithAClearWord() throws Exception {
        assertThat(function("Bytes").post("/?parts", "x", "text/plain").failure())
                .hasValueSatisfying(
                        e -> assertThat(e).hasMessage("the request is not multipart/form-data"));
        assertThat(
                        function("Bytes")
                                .post("/?parts", "x", "multipart/form-data; boundary=b")
                                .failure())
                .hasValueSatisfying(
                        e -> assertThat(e).hasMessageContaining("read getInputStream()"));
    }

    @Test
    void typedFunctionIsJsonInJsonOut() throws Exception {
        assertThat(function("Greet").post("/", "{\"name\":\"Ada\"}", "application/json").text())
                .isEqualTo("{\"text\":\"Hello, Ada\"}");
    }

    @Test
    void typedFunctionMayBringItsWireFormat() throws Exception {
        TestResponse response = function("Shout").post("/", "hey", "text/plain");

        assertThat(response.text()).isEqualTo("HEY (JAVA.LANG.STRING)!");
        assertThat(response.contentType()).contains("text/shout");
    }

    @Test
    void cloudEventHasAllAttributes() throws Exception {
        assertThat(function("Events").event(EVENT)).isEqualTo(new EventResult.Done());

        assertThat(System.getProperty("acme.google.Events"))
                .isEqualTo(
                        "1.0|e1|/buckets/photos|upload.finished|cat.jpg|2026-11-01T12:00Z"
                                + "|application/json|par1|[site]|cat.jpg|"
                                + EVENT.text());
    }

    @Test
    void rawBackgroundFunctionGetsTheJson() throws Exception {
        assertThat(function("Raw").event(EVENT)).isEqualTo(new EventResult.Done());

        assertThat(System.getProperty("acme.google.Raw"))
                .isEqualTo(
                        EVENT.text()
                                + "|e1|upload.finished|2026-11-01T12:00:00Z|/buckets/photos/cat.jpg|{site=par1}");
    }

    @Test
    void backgroundFunctionGetsItsType() throws Exception {
        assertThat(function("Background").event(EVENT)).isEqualTo(new EventResult.Done());

        assertThat(System.getProperty("acme.google.Background")).isEqualTo("photos/cat.jpg");
    }

    @Test
    void whatAHandlerThrowsComesThrough() throws Exception {
        assertThat(function("Background").event(Event.builder("t").text("{}").build()))
                .isInstanceOfSatisfying(
                        EventResult.Retry.class,
                        retry -> assertThat(retry.failure()).hasMessage("no name"));
    }
}
