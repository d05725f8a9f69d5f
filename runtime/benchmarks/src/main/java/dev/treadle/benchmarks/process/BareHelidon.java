package dev.treadle.benchmarks.process;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;

/**
 * The control: Helidon as it comes, with one handler that sends the bytes that a measured function
 * answers with.
 */
public final class BareHelidon {
    private static final byte[] BODY = FunctionJar.TEXT.getBytes(StandardCharsets.UTF_8);
    private static final Header TEXT =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");

    private BareHelidon() {}

    /** Serves on a port. */
    public static void main(String[] args) {
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .routing(
                        routing ->
                                routing.get(
                                        ControlProcess.PATH,
                                        (_, response) -> {
                                            response.header(TEXT);
                                            response.send(BODY);
                                        }))
                .build()
                .start();
    }
}
