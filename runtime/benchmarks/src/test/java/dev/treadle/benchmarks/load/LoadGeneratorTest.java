package dev.treadle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private final AtomicLong served = new AtomicLong();
    private final WebServer server =
            WebServer.builder()
                    .host("127.0.0.1")
                    .routing(
                            routing ->
                                    routing.get(
                                                    "/fine",
                                                    (_, response) -> {
                                                        served.incrementAndGet();
                                                        response.send("x".repeat(20_000));
                                                    })
                                            .get(
                                                    "/broken",
                                                    (_, response) ->
                                                            response.status(Status.create(500))
                                                                    .send("no")))
                    .build()
                    .start();

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aClosedLoopCountsWholeAnswersOnly() throws Exception {
        try (LoadGenerator load = load("/fine", 3)) {
            LoadResult result = load.flatOut(Duration.ofSeconds(2));

            long late = served.get() - result.nanos().getTotalCount();
            assertThat(result.nanos().getTotalCount()).isPositive();
            assertThat(late).isBetween(0L, 3L);
            assertThat(result.errors()).isZero();
        }
    }

    @Test
    void anOpenLoopSendsAsManyAsAreDue() throws Exception {
        try (LoadGenerator load = load("/fine", 3)) {
            assertThat(load.at(200, Duration.ofMillis(500)).nanos().getTotalCount()).isEqualTo(100);
        }
    }

    @Test
    void answersOtherThan200AreErrors() throws Exception {
        try (LoadGenerator load = load("/broken", 1)) {
            LoadResult result = load.at(50, Duration.ofMillis(100));

            assertThat(result.errors()).isEqualTo(5);
        }
    }

    private LoadGenerator load(String path, int connections) throws Exception {
        return new LoadGenerator(server.port(), connections, List.of(Requests.get(path)));
    }
}
