package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Blobs;
import dev.treadle.bindings.StoreFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What an S3 says of a blob beside its content. */
final class S3Headers {
    /** What it says of a blob that was put without a type. */
    static final String NO_TYPE = "application/octet-stream";

    private static final String METADATA = "x-amz-meta-";

    private S3Headers() {}

    static Blobs.Info info(String key, Headers headers) {
        Map<String, String> metadata = new HashMap<>();
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(METADATA)) {
                metadata.put(lower.substring(METADATA.length()), required(headers, name));
            }
        }
        return new Blobs.Info(
                key,
                size(headers),
                etag(headers.get("ETag")),
                Optional.ofNullable(headers.get("Content-Type"))
                        .filter(type -> !type.equals(NO_TYPE)),
                metadata,
                modified(headers));
    }

    /** Of a part, the whole blob's stands after a slash. */
    private static long size(Headers headers) {
        String part = headers.get("Content-Range");
        return Long.parseLong(
                part == null
                        ? required(headers, "Content-Length")
                        : part.substring(part.lastIndexOf('/') + 1));
    }

    static String etag(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    private static Instant modified(Headers headers) {
        Instant modified = headers.getInstant("Last-Modified");
        return modified == null ? Instant.EPOCH : modified;
    }

    private static String required(Headers headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new StoreFailure(Reason.FAILED, "S3: an answer without " + name, null);
        }
        return value;
    }
}
