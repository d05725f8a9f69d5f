package dev.treadle.bindings.blobs;

import dev.treadle.Blobs;
import dev.treadle.Blobs.Attributes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what not every provider takes. */
final class BlobArguments {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Set<String> NO_SEGMENTS = Set.of("", ".", "..");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[ -~]{1,200}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");
    private static final Duration LIFE_MIN = Duration.ofSeconds(1);
    private static final Duration LIFE_MAX = Duration.ofDays(7);

    private BlobArguments() {}

    static void key(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > Blobs.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d bytes, this one %d".formatted(Blobs.KEY_BYTES_MAX, bytes));
        }
        whole(key);
        for (String segment : key.split("/", -1)) {
            if (NO_SEGMENTS.contains(segment)) {
                throw new IllegalArgumentException(
                        "what stands between the slashes of a key is not empty, . or ..: '%s'"
                                .formatted(key));
            }
        }
    }

    private static void whole(String text) {
        if (CONTROL.matcher(text).find() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "a key has no control characters and no half surrogate pairs");
        }
    }

    static void attributes(Attributes attributes) {
        if (attributes.contentType().filter(t -> !CONTENT_TYPE.matcher(t).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "'%s' is no content type".formatted(attributes.contentType().get()));
        }
        int bytes = 0;
        for (Map.Entry<String, String> each : attributes.metadata().entrySet()) {
            bytes += each.getKey().length() + each.getValue().length();
            if (!NAME.matcher(each.getKey()).matches()
                    || !VALUE.matcher(each.getValue()).matches()) {
                throw new IllegalArgumentException(
                        "metadata has names of a-z, 0-9 and inner hyphens and values of printable ASCII, not %s: %s"
                                .formatted(each.getKey(), each.getValue()));
            }
        }
        if (bytes > Blobs.METADATA_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "metadata has at most %d bytes, this one %d"
                            .formatted(Blobs.METADATA_BYTES_MAX, bytes));
        }
    }

    static void page(String prefix, int limit) {
        if (prefix.getBytes(StandardCharsets.UTF_8).length > Blobs.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a prefix has at most %d bytes".formatted(Blobs.KEY_BYTES_MAX));
        }
        whole(prefix);
        if (limit < 1 || limit > Blobs.PAGE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d blobs, not %d".formatted(Blobs.PAGE_MAX, limit));
        }
    }

    static void part(long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "a part begins at 0 or later and has 0 bytes or more, not %d from %d"
                            .formatted(length, offset));
        }
    }

    static void life(Duration life) {
        if (life.compareTo(LIFE_MIN) < 0 || life.compareTo(LIFE_MAX) > 0) {
            throw new IllegalArgumentException("a URL lives 1 s to 7 days, not " + life);
        }
    }
}
