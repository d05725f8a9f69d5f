package dev.treadle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An HTTP answer. Values are never changed: each {@code with}-like method returns a new one. Safe
 * for threads as long as nobody changes the arrays it was made of.
 */
public final class Response {
    private static final byte[] NOTHING = {};
    private static final Response OK = new Response(200, List.of(), new Body.Bytes(NOTHING));
    private static final Header TEXT = new Header("Content-Type", "text/plain; charset=utf-8");
    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header BINARY = new Header("Content-Type", "application/octet-stream");
    private static final Header EVENTS = new Header("Content-Type", "text/event-stream");

    private final int status;
    private final List<Header> headers;
    private final Body body;

    private Response(int status, List<Header> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** One header field. */
    public record Header(String name, String value) {}

    /** What an answer carries. */
    public sealed interface Body {
        /** Bytes that are there already. */
        record Bytes(byte[] bytes) implements Body {}

        /** A value to be written as JSON. */
        record Json(Object value) implements Body {}

        /** Written piece by piece. */
        record Stream(StreamBody writer) implements Body {}

        /** Server-sent events. */
        record Sse(SseBody writer) implements Body {}
    }

    /** Status 200 without a body. */
    public static Response ok() {
        return OK;
    }

    /**
     * Status 200 with bytes; {@code application/octet-stream} unless {@link #contentType} says
     * else.
     */
    public static Response ok(byte[] bytes) {
        return new Response(200, List.of(BINARY), new Body.Bytes(bytes));
    }

    /** Status 200 with plain text in UTF-8. */
    public static Response ok(String text) {
        return text(text);
    }

    /** Status 200 with plain text in UTF-8. */
    public static Response text(String text) {
        return new Response(
                200, List.of(TEXT), new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Status 200 with a value as JSON.
     *
     * @param value a record, a bean, a map, a list, a string, a number or a boolean
     */
    public static Response json(Object value) {
        return new Response(200, List.of(JSON), new Body.Json(value));
    }

    /**
     * Status 200, written piece by piece as {@code application/octet-stream}; see {@link
     * StreamBody}.
     */
    public static Response stream(StreamBody writer) {
        return new Response(200, List.of(BINARY), new Body.Stream(writer));
    }

    /** Status 200 with server-sent events; see {@link SseBody}. */
    public static Response sse(SseBody writer) {
        return new Response(
                200,
                List.of(EVENTS, new Header("Cache-Control", "no-cache")),
                new Body.Sse(writer));
    }

    /**
     * A status without a body.
     *
     * @param status 200 to 599
     */
    public static Response status(int status) {
        return OK.withStatus(status);
    }

    /** Status 303: the answer is to be had at another place by GET. */
    public static Response seeOther(String location) {
        return status(303).header("Location", location);
    }

    /**
     * The same answer with another status.
     *
     * @param status 200 to 599
     */
    public Response withStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("not a final HTTP status: " + status);
        }
        return new Response(status, headers, body);
    }

    /**
     * The same answer with one more header; {@code Content-Type} replaces what was there.
     *
     * @throws IllegalArgumentException when the name is not a token or the value has a line break
     */
    public Response header(String name, String value) {
        requireToken(name);
        requireOneLine(name, value);
        List<Header> more = new ArrayList<>(headers.size() + 1);
        boolean replaces = name.equalsIgnoreCase("Content-Type");
        for (Header header : headers) {
            if (!(replaces && header.name().equalsIgnoreCase(name))) {
                more.add(header);
            }
        }
        more.add(new Header(name, value));
        return new Response(status, Collections.unmodifiableList(more), body);
    }

    /** The same answer with this media type. */
    public Response contentType(String mediaType) {
        return header("Content-Type", mediaType);
    }

    /** The same status and headers with these bytes as body. */
    public Response body(byte[] bytes) {
        return new Response(status, headers, new Body.Bytes(bytes));
    }

    /** The status, 200 to 599. */
    public int status() {
        return status;
    }

    /** The headers in the order they are sent. */
    public List<Header> headers() {
        return headers;
    }

    /** The body. */
    public Body body() {
        return body;
    }

    @Override
    public String toString() {
        return "Response[" + status + " " + headers + "]";
    }

    private static void requireToken(String name) {
        boolean legal = !name.isEmpty();
        for (int i = 0; legal && i < name.length(); i++) {
            char c = name.charAt(i);
            legal = c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
        }
        if (!legal) {
            throw new IllegalArgumentException("not a header name: '" + name + "'");
        }
    }

    private static void requireOneLine(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(
                        "the value of header " + name + " has a line break");
            }
        }
    }
}
