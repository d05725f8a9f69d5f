package dev.treadle.server.dependencies;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Requirement.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How to look at each kind of dependency. Safe for threads. */
final class Looks implements AutoCloseable {
    private static final int ERROR_STATUS = 400;

    private final Function<FunctionName, Optional<String>> notCallable;

    /** Made for the first URL; guarded by this. */
    private @Nullable HttpClient client;

    /**
     * Makes them.
     *
     * @param notCallable why a function on this node cannot be called; empty when it can
     */
    Looks(Function<FunctionName, Optional<String>> notCallable) {
        this.notCallable = notCallable;
    }

    Look at(Target target) {
        return switch (target) {
            case Target.Http(URI url) -> timeout -> get(url, timeout);
            case Target.Tcp(String host, int port) -> timeout -> connect(host, port, timeout);
            case Target.Function(FunctionName name) -> _ -> ask(name);
        };
    }

    private void get(URI url, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).build();
        try {
            HttpResponse<InputStream> response =
                    client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            if (response.statusCode() >= ERROR_STATUS) {
                throw new IOException("it answers " + response.statusCode());
            }
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer within %d ms".formatted(timeout.toMillis()), e);
        } catch (ConnectException e) {
            throw new IOException(
                    e.getCause() instanceof UnresolvedAddressException
                            ? "the host's name is not known"
                            : "the connection is refused",
                    e);
        }
    }

    private static void connect(String host, int port, Duration timeout) throws IOException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(bare, port), Math.toIntExact(timeout.toMillis()));
        } catch (UnknownHostException e) {
            throw new IOException("the host's name is not known", e);
        } catch (SocketTimeoutException e) {
            throw new IOException("no connection within %d ms".formatted(timeout.toMillis()), e);
        } catch (ConnectException e) {
            throw new IOException("the connection is refused", e);
        }
    }

    private void ask(FunctionName name) throws IOException {
        Optional<String> obstacle = notCallable.apply(name);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(
                                    Executors.newThreadPerTaskExecutor(
                                            Thread.ofVirtual().name("look-", 0).factory()))
                            .build();
            client = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
