package dev.treadle.cli.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Speaks HTTP with one node. Safe for threads.
 *
 * <p>It uses {@link HttpURLConnection}: the first call costs a tenth of what the JDK's newer client
 * costs, and start-up is most of what a short command takes.
 */
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    static {
        // Read once by the JDK's client: send a POST once only, and any header that is asked for.
        System.setProperty("sun.net.http.retryPost", "false");
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    }

    private final Server server;

    public AdminClient(Server server) {
        this.server = server;
    }

    public Server server() {
        return server;
    }

    /**
     * The answer, whatever its status.
     *
     * @throws dev.treadle.cli.console.Failure when no node answers
     */
    public Reply send(Request request) {
        try {
            HttpURLConnection connection = open(request);
            int status = status(connection);
            return new Reply(status, headers(connection), body(connection, status));
        } catch (IOException e) {
            throw failure(request, e);
        }
    }

    /**
     * The answer, whatever its status; its body goes to {@code sink} as it comes, unless the node
     * itself speaks.
     */
    public Reply send(Request request, OutputStream sink) {
        try {
            HttpURLConnection connection = open(request);
            Reply head = new Reply(status(connection), headers(connection), new byte[0]);
            if (Problems.mayBe(head)) {
                return new Reply(head.status(), head.headers(), body(connection, head.status()));
            }
            pour(connection, head.status(), sink);
            return head;
        } catch (IOException e) {
            throw failure(request, e);
        }
    }

    /**
     * The answer when it is a good one.
     *
     * @throws dev.treadle.cli.console.Failure when no node answers or the answer is an error
     */
    public Reply expect(Request request) {
        Reply reply = send(request);
        if (!reply.ok()) {
            throw Problems.failure(reply, server);
        }
        return reply;
    }

    /** Like {@link #expect}, with the body still to be read. */
    public InputStream stream(Request request) {
        try {
            HttpURLConnection connection = open(request);
            int status = status(connection);
            if (status >= 400) {
                Reply reply = new Reply(status, headers(connection), body(connection, status));
                throw Problems.failure(reply, server);
            }
            return connection.getInputStream();
        } catch (IOException e) {
            throw failure(request, e);
        }
    }

    private HttpURLConnection open(Request request) throws IOException {
        URI target = URI.create(server.url() + request.path());
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) request.patience().toMillis());
        connection.setRequestMethod(request.method());
        request.headers().forEach(connection::setRequestProperty);
        server.token()
                .ifPresent(
                        token ->
                                connection.setRequestProperty(
                                        "Authorization", "Bearer " + token.value()));
        switch (request.body()) {
            case Request.Body.None _ -> {}
            case Request.Body.Bytes(byte[] bytes) -> write(bytes, connection);
            case Request.Body.File(Path file) -> write(file, connection);
        }
        return connection;
    }

    private static void write(byte[] bytes, HttpURLConnection connection) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes);
        }
    }

    private static void write(Path file, HttpURLConnection connection) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(Files.size(file));
        try (OutputStream out = connection.getOutputStream()) {
            Files.copy(file, out);
        }
    }

    private static int status(HttpURLConnection connection) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (HttpRetryException e) {
            return e.responseCode(); // how the JDK tells of a 401 to a body that was streamed
        }
    }

    private static byte[] body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = content(connection, status)) {
            return in.readAllBytes();
        }
    }

    private static void pour(HttpURLConnection connection, int status, OutputStream sink)
            throws IOException {
        byte[] buffer = new byte[8192];
        try (InputStream in = content(connection, status)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sink.write(buffer, 0, n);
                sink.flush(); // who reads a stream of events wants each one now
            }
        }
    }

    private static InputStream content(HttpURLConnection connection, int status)
            throws IOException {
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return in == null ? InputStream.nullInputStream() : in;
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<String, List<String>> headers = new TreeMap<>();
        connection
                .getHeaderFields()
                .forEach(
                        (name, values) -> {
                            if (name != null) { // the status line
                                headers.put(name.toLowerCase(Locale.ROOT), values);
                            }
                        });
        return headers;
    }

    private RuntimeException failure(Request request, IOException e) {
        return switch (e) {
            case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
                    Problems.unreachable(server).causedBy(e);
            case SocketTimeoutException _ ->
                    Problems.silent(server, request.patience()).causedBy(e);
            default -> Problems.interrupted(server, e).causedBy(e);
        };
    }
}
