package dev.treadle.trigger.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One request and the answer to it. For one thread. */
final class Exchange {
    private final ServerRequest request;
    private final ServerResponse response;
    private final String method;
    private final String path;
    private final String query;
    private String invocation;
    private final boolean keptAlive;
    private boolean closing;

    Exchange(ServerRequest request, ServerResponse response, String invocation) {
        this(
                request,
                response,
                invocation,
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().hasQuery() ? request.prologue().query().rawValue() : "");
    }

    /**
     * An exchange that the function sees under another method and path than it was sent with.
     *
     * @param path encoded, without the query
     * @param query without the question mark
     */
    Exchange(
            ServerRequest request,
            ServerResponse response,
            String invocation,
            String method,
            String path,
            String query) {
        this.request = request;
        this.response = response;
        this.method = method;
        this.path = path;
        this.query = query;
        this.invocation = invocation;
        this.keptAlive = request.prologue().protocolVersion().startsWith("1");
        this.closing =
                keptAlive
                        && request.headers().contains(HeaderNames.CONNECTION)
                        && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    ServerRequest request() {
        return request;
    }

    ServerRequestHeaders requestHeaders() {
        return request.headers();
    }

    ServerResponse response() {
        return response;
    }

    ServerResponseHeaders headers() {
        return response.headers();
    }

    String method() {
        return method;
    }

    /** As it was sent. */
    String path() {
        return path;
    }

    String invocation() {
        return invocation;
    }

    /** Gives it another id than the one it came with. */
    void invocation(String id) {
        invocation = id;
    }

    /** As it was sent, without the question mark. */
    String query() {
        return query;
    }

    /** The peer's address, e.g. {@code 10.0.0.7}. */
    String remoteAddress() {
        return request.remotePeer().address() instanceof InetSocketAddress inet
                        && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : request.remotePeer().host();
    }

    /** Whether the transport expects no body, whatever method the function sees. */
    boolean isHead() {
        return request.prologue().method().text().equals("HEAD");
    }

    /** The caller's request id, or else the invocation's. */
    String requestId() {
        @Nullable String given = RequestIds.of(request.headers());
        return given == null ? invocation : given;
    }

    /** Lets the connection end with this answer; HTTP/2 has no such thing and no need of it. */
    void closeAfterwards() {
        if (keptAlive) {
            closing = true;
        }
    }

    /** To be called just before the first byte is sent. */
    void announceClosing() {
        if (keptAlive && UnreadBody.forbidsReuse(request)) {
            closing = true;
        }
        if (closing) {
            headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /** To be called once, when all is sent. */
    void end() {
        ((RoutingResponse) response).commit();
        if (closing) {
            UnreadBody.discard(request);
            throw new CloseConnectionException("Connection: close was announced");
        }
    }

    /**
     * Lets connections whose requests are there already go first. When this one's turn comes again,
     * its next request has often arrived too, and is read without parking the thread and asking the
     * kernel to wake it: under load that saves one tenth of the processor time.
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint for speed, nothing depends on it
    void letOthersRun() {
        if (keptAlive && !closing) {
            Thread.yield();
        }
    }

    /** Cuts off an answer that has begun, so that the caller cannot take it for complete. */
    static CloseConnectionException cutOff(String why) {
        return new CloseConnectionException(why);
    }

    /** Takes back what is not sent yet; false when something is. */
    boolean reset() {
        return ((RoutingResponse) response).reset();
    }

    /** Adds to {@code Vary} what is not there yet. */
    void vary(String header) {
        ServerResponseHeaders headers = headers();
        if (!headers.contains(HeaderNames.VARY)) {
            headers.set(HeaderValues.create(HeaderNames.VARY, header));
            return;
        }
        String before = headers.get(HeaderNames.VARY).values();
        if (!before.equals("*") && !Tokens.contains(before, header)) {
            headers.set(HeaderValues.create(HeaderNames.VARY, before + ", " + header));
        }
    }
}
