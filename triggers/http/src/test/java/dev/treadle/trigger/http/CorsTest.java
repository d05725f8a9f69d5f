package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.NotFound;
import dev.treadle.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorsTest extends ServingTest {
    private static final String SHOP = "https://shop.example";

    @BeforeEach
    void functions() {
        functions
                .http("shop", _ -> Response.text("ok"))
                .http("open", _ -> Response.text("ok"))
                .http(
                        "failing",
                        _ -> {
                            throw new NotFound();
                        });
        CorsPolicy named =
                new CorsPolicy(
                        List.of(SHOP),
                        List.of(),
                        List.of("Content-Type", "X-Kind"),
                        List.of("X-Total"),
                        true,
                        Duration.ofMinutes(10));
        CorsPolicy any =
                new CorsPolicy(
                        List.of("*"),
                        List.of("GET", "PUT"),
                        List.of("*"),
                        List.of(),
                        false,
                        Duration.ZERO);
        trigger.routes(
                RouteTable.of(
                        List.of(
                                Route.of(
                                        "shop", "/shop", List.of("GET", "PUT"), Optional.of(named)),
                                Route.of("open", "/open", List.of(), Optional.of(any)),
                                Route.of("failing", "/failing", List.of(), Optional.of(named)),
                                Route.of("shop", "/closed"))));
    }

    @Test
    void aPreflightFromAKnownOriginIsAllowed() {
        HttpResponse<String> response = preflight("/shop", SHOP, "PUT");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(SHOP);
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("PUT");
        assertThat(header(response, "access-control-allow-headers"))
                .isEqualTo("Content-Type, X-Kind");
        assertThat(header(response, "access-control-max-age")).isEqualTo("600");
        assertThat(header(response, "vary")).contains("Origin");
        assertThat(functions.seen).isEmpty();
    }

    @Test
    void aPreflightFromElsewhereGetsNoPermission() {
        HttpResponse<String> response = preflight("/shop", "https://evil.example", "PUT");
        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.startsWith("access-control-"));
        assertThat(header(response, "vary")).contains("Origin");
    }

    @Test
    void aPreflightForAMethodTheRouteDoesNotTakeGetsNoPermission() {
        assertThat(header(preflight("/shop", SHOP, "DELETE"), "access-control-allow-origin"))
                .isEqualTo("none");
    }

    @Test
    void aRouteWithoutAPolicyGivesNoPermission() {
        assertThat(header(preflight("/closed", SHOP, "GET"), "access-control-allow-origin"))
                .isEqualTo("none");
        assertThat(header(get("/closed", "Origin", SHOP), "access-control-allow-origin"))
                .isEqualTo("none");
    }

    @Test
    void anyOriginMayCallAnOpenRoute() {
        HttpResponse<String> response = preflight("/open", "https://any.example", "GET");
        assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET, PUT");
        assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-a, x-b");
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("none");
        assertThat(header(response, "access-control-max-age")).isEqualTo("0");
        HttpResponse<String> call = get("/open", "Origin", "https://any.example");
        assertThat(header(call, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(call, "vary")).isEqualTo("none");
    }

    @Test
    void aCallFromAKnownOriginMayBeRead() {
        HttpResponse<String> response = get("/shop", "Origin", SHOP);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(SHOP);
        assertThat(header(response, "access-control-expose-headers")).isEqualTo("X-Total");
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(response, "vary")).isEqualTo("Origin");
        assertThat(header(get("/shop"), "vary")).isEqualTo("Origin");
    }

    @Test
    void aPageMayReadWhyItsCallFailed() {
        HttpResponse<String> response = get("/failing", "Origin", SHOP);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(SHOP);
    }

    @Test
    void aPageMayReadThatItsMethodIsWrong() {
        HttpResponse<String> response = send(request("/shop").header("Origin", SHOP).DELETE());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(SHOP);
    }

    @Test
    void thePolicyStandsAgainstTheFunctionsOwnHeaders() {
        functions.http("shop", _ -> Response.text("hi").header("Access-Control-Allow-Origin", "*"));
        assertThat(get("/shop", "Origin", SHOP).headers().allValues("access-control-allow-origin"))
                .containsExactly(SHOP);
        assertThat(header(get("/closed", "Origin", SHOP), "access-control-allow-origin"))
                .isEqualTo("*");
    }

    @Test
    void aRefusedHeaderDoesNotCostThePageItsAnswer() {
        functions.http("shop", _ -> Response.text("hi").header("X-Bad", "bell\u0007"));
        assertThat(header(get("/shop", "Origin", SHOP), "access-control-allow-origin"))
                .isEqualTo(SHOP);
    }

    @Test
    void credentialsForEverybodyAreNotToBeHad() {
        assertThatThrownBy(
                        () ->
                                new CorsPolicy(
                                        List.of("*"),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        true,
                                        Duration.ZERO))
                .hasMessage("CORS with credentials needs the origins by name, not *");
    }

    private HttpResponse<String> preflight(String path, String origin, String method) {
        return send(
                request(path)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", "x-a, x-b"));
    }
}
