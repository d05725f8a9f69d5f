package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.StoredRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncTest extends ServingTest {
    private static final long BYTES_MAX = 1 << 20;

    @BeforeEach
    void routes() {
        functions.http("echo", request -> Response.text(request.text()));
        routes(Route.of("echo", "/echo/{id}", "GET", "POST").named("http-2"));
    }

    @Test
    void aRequestThatNeedNotWaitIsStoredAndAnsweredWith202() {
        HttpResponse<String> response =
                send(
                        request("/echo/a%20b?q=1")
                                .header("Prefer", "wait=5, Respond-Async")
                                .header("X-Kind", "small")
                                .header("Treadle-Callback", "https://hooks.example/done")
                                .POST(BodyPublishers.ofString("body")));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(header(response, "preference-applied")).isEqualTo("respond-async");
        StoredRequest stored = calls.stored.getFirst();
        assertThat(header(response, "location")).isEqualTo("/_treadle/async/" + stored.id());
        assertThat(header(response, "treadle-invocation")).isEqualTo(stored.id());
        assertThat(json(response).path("id").asString()).isEqualTo(stored.id());
        assertThat(json(response).path("status").asString()).isEqualTo("queued");
        assertThat(functions.seen).isEmpty();
        assertThat(stored.route()).isEqualTo("http-2");
        Request seen = new StoredInput(stored).asRequest(FakeDispatcher.JSON, BYTES_MAX);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.path()).isEqualTo("/echo/a b");
        assertThat(seen.pathParam("id")).isEqualTo("a b");
        assertThat(seen.queryParam("q")).contains("1");
        assertThat(seen.header("x-kind")).contains("small");
        assertThat(seen.header("X-KIND")).contains("small");
        assertThat(seen.header("content-length")).isEmpty();
        assertThat(seen.header("treadle-callback")).isEmpty();
        assertThat(stored.callback()).contains("https://hooks.example/done");
        assertThat(seen.text()).isEqualTo("body");
    }

    @Test
    void otherPreferencesLeaveTheRequestAsItIs() {
        HttpResponse<String> response = get("/echo/1", "Prefer", "return=minimal; respond-async");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "preference-applied")).isEqualTo("none");
        assertThat(calls.stored).isEmpty();
    }

    @Test
    void theTraceIsKept() {
        get(
                "/echo/1",
                "Prefer",
                "respond-async",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(calls.stored.getFirst().trace().orElseThrow().traceId())
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void noRouteWrongMethodAndTooLargeAreNeverAccepted() {
        HttpResponse<String> nowhere = get("/nowhere", "Prefer", "respond-async");
        HttpResponse<String> wrong =
                send(request("/echo/1").header("Prefer", "respond-async").DELETE());
        HttpResponse<String> large =
                send(
                        request("/echo/1")
                                .header("Prefer", "respond-async")
                                .POST(BodyPublishers.ofByteArray(new byte[1_001])));

        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).path("detail").asString())
                .isEqualTo("the payload has 1001 bytes; the function's limits.payload allows 1000");
        assertThat(calls.stored).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsNotAccepted() {
        calls.rejected = new AsyncCalls.Rejected(ErrorCode.NATS_UNAVAILABLE, "NATS is off");

        HttpResponse<String> response = get("/echo/1", "Prefer", "respond-async");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("code").asString()).isEqualTo("TR-5002");
        assertThat(json(response).path("detail").asString()).isEqualTo("NATS is off");
        assertThat(get("/_treadle/async/1").statusCode()).isEqualTo(503);
    }

    @Test
    void anEventInARequestIsReadFromWhatWasStored() {
        send(
                request("/echo/1")
                        .headers(
                                "Prefer",
                                "respond-async",
                                "ce-specversion",
                                "1.0",
                                "ce-id",
                                "7",
                                "ce-source",
                                "/test",
                                "ce-type",
                                "made")
                        .POST(BodyPublishers.ofString("data")));
        get("/echo/2", "Prefer", "respond-async");

        Event event = new StoredInput(calls.stored.get(0)).asEvent(FakeDispatcher.JSON, BYTES_MAX);
        Event plain = new StoredInput(calls.stored.get(1)).asEvent(FakeDispatcher.JSON, BYTES_MAX);

        assertThat(event.type()).isEqualTo("made");
        assertThat(event.text()).isEqualTo("data");
        assertThat(plain.id()).isEqualTo(calls.stored.get(1).id());
        assertThat(plain.time()).contains(NOW);
    }

    @Test
    void aCallIsFollowedToItsResult() {
        calls.put("1", State.RUNNING);
        HttpResponse<String> running = get("/_treadle/async/1");
        HttpResponse<String> early = get("/_treadle/async/1/result");
        calls.put(
                new AsyncCall(
                        "1",
                        "echo",
                        State.SUCCEEDED,
                        2,
                        NOW,
                        NOW,
                        Optional.empty(),
                        Optional.of(Response.text("made").withStatus(201).header("ETag", "x")),
                        Optional.of(NOW.plusSeconds(60))));

        HttpResponse<String> done = get("/_treadle/async/1");
        HttpResponse<String> result = get("/_treadle/async/1/result");

        assertThat(json(running).path("status").asString()).isEqualTo("running");
        assertThat(header(running, "retry-after")).isEqualTo("1");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).path("code").asString()).isEqualTo("TR-1013");
        assertThat(header(early, "retry-after")).isEqualTo("1");
        assertThat(json(done).path("status").asString()).isEqualTo("succeeded");
        assertThat(json(done).path("attempts").asInt()).isEqualTo(2);
        assertThat(json(done).path("expires").asString())
                .isEqualTo(Instant.parse("2026-11-05T10:01:00Z").toString());
        assertThat(json(done).path("result").asString()).isEqualTo("/_treadle/async/1/result");
        assertThat(result.statusCode()).isEqualTo(201);
        assertThat(result.body()).isEqualTo("made");
        assertThat(header(result, "etag")).isEqualTo("x");
        assertThat(header(result, "treadle-invocation")).isEqualTo("1");
    }

    @Test
    void theResultOfAFailedCallIsItsProblem() {
        calls.put(
                new AsyncCall(
                        "1",
                        "echo",
                        State.FAILED,
                        6,
                        NOW,
                        NOW,
                        Optional.of(
                                new AsyncCall.Failure(
                                        ErrorCode.FUNCTION_ERROR, 500, "The function failed")),
                        Optional.empty(),
                        Optional.of(NOW)));

        HttpResponse<String> status = get("/_treadle/async/1");
        HttpResponse<String> result = get("/_treadle/async/1/result");

        assertThat(json(status).path("error").path("code").asString()).isEqualTo("TR-2001");
        assertThat(result.statusCode()).isEqualTo(500);
        assertThat(json(result).path("code").asString()).isEqualTo("TR-2001");
        assertThat(json(result).path("invocation").asString()).isEqualTo("1");
    }

    @Test
    void aCallIsCancelledUnlessItHasEnded() {
        calls.put("1", State.QUEUED);
        calls.put("2", State.SUCCEEDED);

        HttpResponse<String> cancelled = send(request("/_treadle/async/1").DELETE());
        HttpResponse<String> late = send(request("/_treadle/async/2").DELETE());

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(cancelled).path("status").asString()).isEqualTo("cancelled");
        assertThat(json(get("/_treadle/async/1/result")).path("detail").asString())
                .isEqualTo("the call was cancelled; it has no result");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).path("code").asString()).isEqualTo("TR-1014");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        routes(Route.of("echo", "/{rest...}"));

        for (String path :
                List.of("/_treadle/async/9", "/_treadle/async/9/result", "/_treadle/async/")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(json(get("/_treadle/async/9")).path("code").asString()).isEqualTo("TR-1012");
        assertThat(json(get("/_treadle/other")).path("code").asString()).isEqualTo("TR-1002");
        assertThat(send(request("/_treadle/async/9").DELETE()).statusCode()).isEqualTo(404);
        assertThat(functions.seen).isEmpty();
    }

    @Test
    void otherMethodsAreToldWhatThereIs() {
        HttpResponse<String> post =
                send(request("/_treadle/async/1").POST(BodyPublishers.noBody()));

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(header(post, "allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void anyPageMayFollowACallWhoseIdItKnows() {
        calls.put("1", State.QUEUED);

        HttpResponse<String> shown = get("/_treadle/async/1", "Origin", "https://shop.example");
        HttpResponse<String> unknown = get("/_treadle/async/9", "Origin", "https://shop.example");
        HttpResponse<String> preflight =
                send(
                        request("/_treadle/async/1")
                                .header("Origin", "https://shop.example")
                                .header("Access-Control-Request-Method", "DELETE")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(header(shown, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(shown, "access-control-expose-headers")).contains("Retry-After");
        assertThat(header(unknown, "access-control-allow-origin")).isEqualTo("*");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-methods"))
                .isEqualTo("DELETE, GET, HEAD");
        assertThat(json(get("/_treadle/async/1")).path("status").asString()).isEqualTo("queued");
    }

    @Test
    void documentsEndTheirLine() {
        calls.put("1", State.QUEUED);

        assertThat(get("/_treadle/async/1").body()).endsWith("}\n");
        assertThat(get("/_treadle/async/9").body()).endsWith("}\n");
        assertThat(get("/echo/1", "Prefer", "respond-async").body()).endsWith("}\n");
    }
}
