package dev.treadle.trigger.http;

import dev.treadle.Response;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/** The one place that turns outcomes into HTTP. Safe for threads. */
final class HttpReplies {
    static final HeaderName INVOCATION = HeaderNames.create("Treadle-Invocation");
    private static final Duration DRAINING_PAUSE = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};
    private static final Header PROBLEM =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);

    private final BooleanSupplier draining;
    private final CheckedHeaders checked = new CheckedHeaders();

    /**
     * @param draining whether connections are to end with their next answer
     */
    HttpReplies(BooleanSupplier draining) {
        this.draining = draining;
    }

    /** Answers; when this returns, all is sent. */
    void send(Exchange exchange, Outcome outcome) {
        // A late interrupt must not reach the transport: it would close the channel.
        Thread.interrupted();
        switch (outcome) {
            case Outcome.Succeeded(Response answer) -> answer(exchange, answer);
            case Outcome.Streaming(Response head, Outcome.Stream body) ->
                    stream(exchange, head, body);
            case Outcome.Failed failed ->
                    problem(
                            exchange,
                            new Problem(
                                    failed.code(),
                                    failed.status(),
                                    failed.message(),
                                    Optional.of(exchange.invocation())),
                            failed.pause());
            case Outcome.Expired(Duration timeout) ->
                    problem(
                            exchange,
                            ErrorCode.FUNCTION_TIMEOUT,
                            "the function did not end within its limits.timeout of "
                                    + text(timeout));
            case Outcome.Refused(ErrorCode code, String message, Duration pause) ->
                    problem(
                            exchange,
                            new Problem(
                                    code,
                                    code.status(),
                                    message,
                                    Optional.of(exchange.invocation())),
                            atLeastOneSecond(pause));
        }
    }

    /** Answers that the function was not or could not be called. */
    void problem(Exchange exchange, ErrorCode code, String detail) {
        problem(
                exchange,
                new Problem(code, code.status(), detail, Optional.of(exchange.invocation())),
                Duration.ZERO);
    }

    /** Answers that the path takes other methods; to OPTIONS, which ones. */
    void wrongMethod(Exchange exchange, String allowed) {
        exchange.headers().set(HeaderValues.create(HeaderNames.ALLOW, allowed));
        if (exchange.method().equals("OPTIONS")) {
            empty(exchange, 204);
        } else {
            problem(exchange, ErrorCode.METHOD_NOT_ALLOWED, exchange.path() + " takes " + allowed);
        }
    }

    /** Answers that this node is stopping. */
    void draining(Exchange exchange) {
        problem(
                exchange,
                Problem.of(ErrorCode.NODE_DRAINING, "this node is stopping; try again elsewhere")
                        .of(exchange.invocation()),
                DRAINING_PAUSE);
    }

    /** Answers without a body. */
    void empty(Exchange exchange, int status) {
        exchange.response().status(Status.create(status));
        sendBytes(exchange, status, NOTHING);
    }

    private void answer(Exchange exchange, Response answer) {
        switch (answer.body()) {
            case Response.Body.Bytes(byte[] bytes) -> answer(exchange, answer, bytes);
            case Response.Body.Json _, Response.Body.Stream _, Response.Body.Sse _ ->
                    problem(
                            exchange,
                            ErrorCode.INTERNAL,
                            "the answer's body was not turned into bytes");
        }
    }

    private void answer(Exchange exchange, Response answer, byte[] bytes) {
        if (!applies(exchange, answer)) {
            return;
        }
        boolean gzip = AnswerHead.compresses(exchange, bytes.length);
        sendBytes(exchange, answer.status(), gzip ? Gzip.compress(bytes) : bytes);
    }

    /** Puts the head in place, or answers that it cannot be. */
    private boolean applies(Exchange exchange, Response answer) {
        try {
            AnswerHead.apply(exchange, answer, checked);
            return true;
        } catch (IllegalArgumentException e) {
            problem(
                    exchange,
                    ErrorCode.RESULT_UNWRITABLE,
                    "a header of the function's answer cannot be sent: " + e.getMessage());
            return false;
        }
    }

    private void stream(Exchange exchange, Response head, Outcome.Stream body) {
        if (exchange.isHead() || AnswerHead.isBodiless(head.status())) {
            body.close();
            if (applies(exchange, head)) {
                sendBytes(exchange, head.status(), NOTHING);
            }
            return;
        }
        ReplyStream out = new ReplyStream(() -> open(exchange, head));
        Outcome end = body.writeTo(out);
        Thread.interrupted();
        switch (end) {
            case Outcome.Succeeded _ -> finish(exchange, head, out);
            case Outcome.Failed _, Outcome.Expired _, Outcome.Refused _, Outcome.Streaming _ -> {
                if (out.begun()) {
                    throw Exchange.cutOff("the function failed after the first byte: " + end);
                }
                send(exchange, end);
            }
        }
    }

    private OutputStream open(Exchange exchange, Response head) {
        AnswerHead.apply(exchange, head, checked);
        boolean gzip = AnswerHead.compresses(exchange, Integer.MAX_VALUE);
        prepare(exchange);
        OutputStream out = exchange.response().outputStream();
        try {
            return gzip ? new GZIPOutputStream(out, 4096, true) : out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(Exchange exchange, Response head, ReplyStream out) {
        if (!out.begun()) {
            answer(exchange, head, out.unsent());
            return;
        }
        try {
            out.finish();
        } catch (IOException e) {
            throw Exchange.cutOff("the caller went away: " + e);
        }
    }

    private void problem(Exchange exchange, Problem problem, Duration pause) {
        exchange.headers().set(PROBLEM);
        boolean retryable = problem.status() == 429 || problem.status() == 503;
        if (retryable && pause.isPositive()) {
            String seconds = Long.toString(atLeastOneSecond(pause).toSeconds());
            exchange.headers().set(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds));
        }
        exchange.response().status(Status.create(problem.status()));
        sendBytes(exchange, problem.status(), problem.json());
    }

    private void sendBytes(Exchange exchange, int status, byte[] bytes) {
        prepare(exchange);
        if (AnswerHead.isBodiless(status)) {
            exchange.response().send();
        } else if (exchange.isHead()) {
            exchange.headers()
                    .set(
                            HeaderValues.create(
                                    HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length)));
            exchange.response().send();
        } else {
            exchange.response().send(bytes);
        }
    }

    private void prepare(Exchange exchange) {
        if (draining.getAsBoolean()) {
            exchange.closeAfterwards();
        }
        exchange.headers().set(HeaderValues.create(INVOCATION, exchange.invocation()));
        exchange.headers().set(HeaderValues.create(RequestIds.HEADER, exchange.requestId()));
        exchange.announceClosing();
    }

    /** Whole seconds, rounded up. */
    private static Duration atLeastOneSecond(Duration pause) {
        long seconds = pause.getNano() > 0 ? pause.toSeconds() + 1 : pause.toSeconds();
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
