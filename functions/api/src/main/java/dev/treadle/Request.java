package dev.treadle;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request. Header names are compared without regard to case. The body is read at most once:
 * {@link #body()} may be called again, but not together with {@link #stream()}. For one thread at a
 * time.
 */
public interface Request {
    /** The method in capitals, e.g. {@code GET}. */
    String method();

    /** The decoded path, e.g. {@code /thumb/17}, without the query. */
    String path();

    /** The query as it was sent, without the question mark; empty when there is none. */
    String query();

    /**
     * A variable of the route's path template.
     *
     * @throws IllegalArgumentException when the route has no such variable
     */
    String pathParam(String name);

    /** All variables of the route's path template. */
    Map<String, String> pathParams();

    /** The first value of a query parameter, decoded. */
    Optional<String> queryParam(String name);

    /** All values of a query parameter, decoded, in order. */
    List<String> queryParams(String name);

    /** The first value of a header. */
    Optional<String> header(String name);

    /** All headers; names in lower case. */
    Map<String, List<String>> headers();

    /** The {@code Content-Type}, if the caller sent one. */
    default Optional<String> contentType() {
        return header("content-type");
    }

    /** The caller's address as this node sees it, e.g. {@code 10.0.0.7}. */
    String remoteAddress();

    /**
     * The whole body; empty when there is none. The array is the caller's to keep.
     *
     * @throws HttpError 413 when the body is larger than the function's {@code limits.payload}
     */
    byte[] body();

    /** The whole body as UTF-8 text. */
    String text();

    /**
     * The whole body, read as JSON.
     *
     * @throws BadRequest when the body is not JSON or does not fit; the message says where
     */
    <T> T json(Class<T> type);

    /**
     * The body as it arrives, for bodies that need not fit into memory. {@code limits.payload}
     * holds here too: reading past it throws {@link HttpError} 413.
     */
    InputStream stream();
}
