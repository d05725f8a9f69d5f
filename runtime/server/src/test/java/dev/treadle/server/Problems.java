package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Answers that say what is wrong, which codes they have shown, and functions that provoke them. */
final class Problems {
    /**
     * They need a NATS server or a model: EventsTest, AsyncCallsTest, ReplayTest and ModelsTest
     * provoke them.
     */
    private static final Set<ErrorCode> ELSEWHERE =
            EnumSet.of(
                    ErrorCode.NO_STREAM,
                    ErrorCode.NO_DEAD_LETTER,
                    ErrorCode.EVENTS_GONE,
                    ErrorCode.NO_ASYNC_CALL,
                    ErrorCode.ASYNC_NOT_DONE,
                    ErrorCode.ASYNC_ENDED,
                    ErrorCode.NO_MODEL,
                    ErrorCode.MODEL_INVALID);

    private final Set<ErrorCode> seen = EnumSet.noneOf(ErrorCode.class);

    /** That all these codes have been seen, but those of other tests. */
    void requireSeen(Predicate<ErrorCode> these) {
        assertThat(seen)
                .containsAll(
                        Stream.of(ErrorCode.values())
                                .filter(these)
                                .filter(code -> !ELSEWHERE.contains(code))
                                .toList());
    }

    void saw(ErrorCode code) {
        seen.add(code);
    }

    /** That an answer is this problem, and says all that it should. */
    void check(ErrorCode code, HttpResponse<String> response, String detail) {
        check(code, code.status(), response, detail);
    }

    void check(ErrorCode code, int status, HttpResponse<String> response, String detail) {
        assertThat(code(response)).as(response.body()).isEqualTo(code);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(detail(response)).isEqualTo(detail);
        JsonNode document = TestNode.json(response);
        assertThat(document.path("title").asString()).isEqualTo(code.title());
        assertThat(document.path("owner").asString()).isEqualToIgnoringCase(code.owner().name());
        assertThat(response.body()).doesNotContain("\tat ");
    }

    /** The code of an answer, which counts as seen. */
    ErrorCode code(HttpResponse<String> response) {
        String id = TestNode.json(response).path("code").asString();
        ErrorCode code =
                ErrorCode.of(id)
                        .orElseThrow(() -> new AssertionError("no code in " + response.body()));
        seen.add(code);
        return code;
    }

    static String detail(HttpResponse<String> response) {
        return TestNode.json(response).path("detail").asString();
    }

    /** A function that throws this. */
    static String throwing(String exception) {
        return """
               public class Throws implements HttpFunction {
                   public Response handle(Request request, Context context) throws Exception {
                       throw %s;
                   }
               }
               """
                .formatted(exception);
    }

    /** A function that calls another. */
    static String calls(String other) {
        return """
                public class Asks implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.json(context.call("%s", "", Integer.class));
                    }
                }
                """
                .formatted(other);
    }
}
