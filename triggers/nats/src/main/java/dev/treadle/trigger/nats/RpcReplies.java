package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import io.nats.service.ServiceMessage;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Turns outcomes into replies. An error has no data, and says what it is in the headers that NATS
 * services use (ADR-32), with Treadle's code beside them.
 */
final class RpcReplies {
    private static final String INVOCATION = "Treadle-Invocation";
    private static final String CODE = "Treadle-Code";
    private static final byte[] NOTHING = {};

    private RpcReplies() {}

    static void send(
            Connection connection, ServiceMessage message, String invocation, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded(Response response) ->
                    answer(connection, message, invocation, response, bytes(response));
            case Outcome.Streaming streaming -> stream(connection, message, invocation, streaming);
            case Outcome.Failed failed ->
                    error(
                            connection,
                            message,
                            invocation,
                            failed.code(),
                            failed.status(),
                            failed.message());
            case Outcome.Expired expired ->
                    error(
                            connection,
                            message,
                            invocation,
                            ErrorCode.FUNCTION_TIMEOUT,
                            ErrorCode.FUNCTION_TIMEOUT.status(),
                            "not done within %d ms".formatted(expired.timeout().toMillis()));
            case Outcome.Refused refused ->
                    error(
                            connection,
                            message,
                            invocation,
                            refused.code(),
                            refused.code().status(),
                            refused.message());
        }
    }

    /** For a request that was not even tried. */
    static void refuse(Connection connection, ServiceMessage message, String why) {
        error(
                connection,
                message,
                "",
                ErrorCode.FUNCTION_BUSY,
                ErrorCode.FUNCTION_BUSY.status(),
                why);
    }

    /** A reply is one message: a streamed answer is collected first. */
    private static void stream(
            Connection connection,
            ServiceMessage message,
            String invocation,
            Outcome.Streaming streaming) {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        Outcome end = streaming.body().writeTo(collected);
        if (end instanceof Outcome.Succeeded) {
            answer(connection, message, invocation, streaming.head(), collected.toByteArray());
        } else {
            send(connection, message, invocation, end);
        }
    }

    private static byte[] bytes(Response response) {
        return response.body() instanceof Response.Body.Bytes(byte[] bytes) ? bytes : NOTHING;
    }

    private static void answer(
            Connection connection,
            ServiceMessage message,
            String invocation,
            Response response,
            byte[] body) {
        if (body.length > connection.getMaxPayload()) {
            error(
                    connection,
                    message,
                    invocation,
                    ErrorCode.RESULT_UNWRITABLE,
                    ErrorCode.RESULT_UNWRITABLE.status(),
                    "the answer has %d bytes; the NATS server takes %d"
                            .formatted(body.length, connection.getMaxPayload()));
            return;
        }
        Headers headers = new Headers().put(INVOCATION, invocation);
        for (Response.Header header : response.headers()) {
            headers.add(header.name().toLowerCase(Locale.ROOT), header.value());
        }
        if (response.status() >= 400) {
            headers.put(
                    ServiceMessage.NATS_SERVICE_ERROR,
                    "the function answered " + response.status());
            headers.put(ServiceMessage.NATS_SERVICE_ERROR_CODE, "" + response.status());
        }
        message.respond(connection, body, headers);
    }

    private static void error(
            Connection connection,
            ServiceMessage message,
            String invocation,
            ErrorCode code,
            int status,
            String text) {
        Headers headers = new Headers();
        headers.put(INVOCATION, invocation);
        headers.put(CODE, code.id());
        headers.put(ServiceMessage.NATS_SERVICE_ERROR, oneLine(text));
        headers.put(ServiceMessage.NATS_SERVICE_ERROR_CODE, "" + status);
        message.respond(connection, NOTHING, headers);
    }

    /** Header values are one line of ASCII. */
    private static String oneLine(String text) {
        return text.replaceAll("[^ -~]+", " ");
    }
}
