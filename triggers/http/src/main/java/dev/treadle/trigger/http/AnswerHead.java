package dev.treadle.trigger.http;

import dev.treadle.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Status and headers of a function's answer, on their way into the response. */
final class AnswerHead {
    /** These are the transport's: what a function says about them is passed over. */
    private static final Set<HeaderName> TRANSPORT =
            Set.of(
                    HeaderNames.CONNECTION,
                    HeaderNames.TRANSFER_ENCODING,
                    HeaderNames.UPGRADE,
                    HeaderNames.TRAILER,
                    HeaderNames.create("Keep-Alive"),
                    HeaderNames.CONTENT_LENGTH);

    private AnswerHead() {}

    /**
     * Puts the head in place. What a route's CORS policy has set stays.
     *
     * @throws IllegalArgumentException when a header cannot be sent; then none is there
     */
    static void apply(Exchange exchange, Response answer, CheckedHeaders checked) {
        List<Header> headers = new ArrayList<>(answer.headers().size());
        for (Response.Header header : answer.headers()) {
            HeaderName name = HeaderNames.create(header.name());
            if (!TRANSPORT.contains(name) && !Cors.decided(exchange, name)) {
                headers.add(checked.of(name, header));
            }
        }
        headers.forEach(exchange.headers()::add);
        exchange.response().status(Status.create(answer.status()));
    }

    /** Whether this status comes without a body, whatever the function returned. */
    static boolean isBodiless(int status) {
        return status == 204 || status == 205 || status == 304;
    }

    /**
     * Decides about gzip once the headers are there, and says so in them.
     *
     * @param bytes how many will be sent, {@link Integer#MAX_VALUE} when that is not known
     */
    static boolean compresses(Exchange exchange, int bytes) {
        var headers = exchange.headers();
        if (bytes < Gzip.WORTHWHILE_BYTES
                || !headers.contains(HeaderNames.CONTENT_TYPE)
                || headers.contains(HeaderNames.CONTENT_ENCODING)
                || headers.contains(HeaderNames.CONTENT_RANGE)
                || !MediaTypes.isCompressible(
                        MediaTypes.essence(headers.get(HeaderNames.CONTENT_TYPE).get()))) {
            return false;
        }
        exchange.vary("Accept-Encoding");
        var asked = exchange.requestHeaders();
        if (!asked.contains(HeaderNames.ACCEPT_ENCODING)
                || !Gzip.accepted(asked.get(HeaderNames.ACCEPT_ENCODING).values())) {
            return false;
        }
        headers.set(HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip"));
        weakenTag(exchange);
        return true;
    }

    /** Other bytes under the same strong tag would break range requests and caches. */
    private static void weakenTag(Exchange exchange) {
        var headers = exchange.headers();
        if (headers.contains(HeaderNames.ETAG)) {
            String tag = headers.get(HeaderNames.ETAG).get();
            if (tag.startsWith("\"")) {
                headers.set(HeaderValues.create(HeaderNames.ETAG, "W/" + tag));
            }
        }
    }
}
