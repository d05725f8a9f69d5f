package dev.treadle.trigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Request;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.StoredRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredInputTest {
    private final Request request =
            new StoredInput(
                            new StoredRequest(
                                    "01A",
                                    Target.live("f"),
                                    "http",
                                    new RequestHead(
                                            "PUT",
                                            "/a+b/n%207",
                                            "q=a+b&q=%20c&bad=x+%FF&empty",
                                            Map.of("id", "n 7"),
                                            Map.of("x-a", List.of("1", "2")),
                                            "10.0.0.7"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    0,
                                    Instant.EPOCH,
                                    "body".getBytes(UTF_8)))
                    .asRequest(FakeDispatcher.JSON, 100);

    @Test
    void storedRequestIsSeenAsItWasSent() {
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/a+b/n 7");
        assertThat(request.pathParam("id")).isEqualTo("n 7");
        assertThat(request.queryParams("q")).containsExactly("a b", " c");
        assertThat(request.queryParam("empty")).contains("");
        assertThat(request.header("X-A")).contains("1");
        assertThat(request.remoteAddress()).isEqualTo("10.0.0.7");
    }

    @Test
    void badlyEncodedQueryIsTakenAsItStands() {
        assertThat(request.queryParam("bad")).contains("x %FF");
    }

    @Test
    void bodyIsReadAsAWholeOrAsAStream() {
        assertThat(request.text()).isEqualTo("body");
        assertThatThrownBy(request::stream).isInstanceOf(IllegalStateException.class);
    }
}
