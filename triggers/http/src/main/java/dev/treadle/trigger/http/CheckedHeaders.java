package dev.treadle.trigger.http;

import dev.treadle.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Turns the headers of answers into the transport's. Content types come again and again, so those
 * are checked and encoded once. Safe for threads.
 */
final class CheckedHeaders {
    private static final int KEPT_MAX = 256;

    private final ConcurrentMap<Response.Header, Header> kept = new ConcurrentHashMap<>();

    /**
     * The header as the transport sends it.
     *
     * @throws IllegalArgumentException when it cannot be sent
     */
    Header of(HeaderName name, Response.Header header) {
        Header known = kept.get(header);
        return known == null ? check(name, header) : known;
    }

    private Header check(HeaderName name, Response.Header header) {
        Header made = HeaderValues.create(name, header.value());
        made.validate();
        if (name.equals(HeaderNames.CONTENT_TYPE) && kept.size() < KEPT_MAX) {
            kept.put(header, HeaderValues.createCached(name, header.value()));
        }
        return made;
    }
}
