package dev.treadle.trigger.http;

import dev.treadle.trigger.RequestHead;
import io.helidon.http.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Picks what is kept of a request that runs later. */
final class StoredHead {
    /** What is about the connection, the body's coding there, or the call and not the request. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "connection",
                    "content-encoding",
                    "content-length",
                    "expect",
                    "http2-settings",
                    "keep-alive",
                    "prefer",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "treadle-callback",
                    "upgrade");

    private StoredHead() {}

    /**
     * @param secret headers that are not for the function
     */
    static RequestHead of(Exchange exchange, PathVariables variables, Set<String> secret) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : exchange.requestHeaders()) {
            String name = header.headerName().lowerCase();
            if (!LEFT_OUT.contains(name) && !secret.contains(name)) {
                headers.put(name, List.copyOf(header.allValues()));
            }
        }
        return new RequestHead(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                variables.asMap(),
                headers,
                exchange.remoteAddress());
    }
}
