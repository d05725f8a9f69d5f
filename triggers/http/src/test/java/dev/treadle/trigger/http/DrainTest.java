package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest extends ServingTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void functions() {
        functions
                .http("quick", _ -> Response.text("quick"))
                .http(
                        "slow",
                        _ -> {
                            entered.countDown();
                            release.await(60, TimeUnit.SECONDS);
                            return Response.text("slow");
                        });
        routes(Route.of("quick", "/quick"), Route.of("slow", "/slow"));
    }

    @Test
    void whatRunsIsAnsweredAndWhatComesIsTurnedAway() throws Exception {
        try (RawClient idle = new RawClient(trigger.port());
                RawClient busy = new RawClient(trigger.port());
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            idle.write("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.head()).startsWith("HTTP/1.1 200");
            assertThat(idle.read(5)).isEqualTo("quick");
            busy.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            entered.await();

            assertThat(trigger.drain(Duration.ofMillis(1))).isFalse();
            Future<Boolean> drained = executor.submit(() -> trigger.drain(Duration.ofSeconds(60)));
            idle.write("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.rest())
                    .startsWith("HTTP/1.1 503")
                    .contains("Connection: close", "Retry-After: 1", "TR-3003");
            assertThat(drained.isDone()).isFalse();

            release.countDown();
            assertThat(busy.rest())
                    .startsWith("HTTP/1.1 200")
                    .contains("Connection: close")
                    .endsWith("slow");
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void anIdleTriggerIsDrainedAtOnce() {
        assertThat(trigger.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void closingEndsIdleConnections() throws IOException {
        try (RawClient idle = new RawClient(trigger.port())) {
            idle.write("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.head()).startsWith("HTTP/1.1 200");
            assertThat(idle.read(5)).isEqualTo("quick");
            trigger.close();
            assertThat(idle.rest()).isEmpty();
        }
    }
}
