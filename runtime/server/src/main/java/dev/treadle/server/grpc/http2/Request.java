package dev.treadle.server.grpc.http2;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param method empty when it is missing
 * @param scheme empty when it is missing
 * @param path empty when it is missing
 * @param headers without those of HTTP/2 itself
 */
record Request(String method, String scheme, String path, Headers headers) {
    static Request of(Http2Headers from) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (Map.Entry<CharSequence, CharSequence> each : from) {
            String name = each.getKey().toString();
            if (!name.startsWith(":")) {
                add(headers, name, each.getValue().toString());
            }
        }
        return new Request(text(from.method()), text(from.scheme()), text(from.path()), headers);
    }

    /** Bytes in Base64 may stand in a row; Helidon takes each for itself. */
    private static void add(WritableHeaders<?> to, String name, String value) {
        if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            for (String each : value.split(" *, *", -1)) {
                to.add(HeaderNames.create(name), each);
            }
        } else {
            to.add(HeaderNames.create(name), value);
        }
    }

    /** Whether it says all that each request has to. */
    boolean isWhole() {
        return !method.isEmpty() && !scheme.isEmpty() && !path.isEmpty();
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
