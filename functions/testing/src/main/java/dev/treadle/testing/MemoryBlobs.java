package dev.treadle.testing;

import dev.treadle.Blobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Blobs in memory, with the rules of a node's stores. Safe for threads. */
public final class MemoryBlobs implements Blobs {
    private static final Pattern KEY = Pattern.compile("(?!\\.\\.?(/|$))[^\\p{Cntrl}/]+");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[ -~]{1,200}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    private final InstantSource clock;

    /** In the order of the keys' bytes. Guarded by this. */
    private final NavigableMap<String, Content> contents =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));

    private int puts;

    private record Content(Info info, byte[] bytes) implements Blob {
        @Override
        public byte[] bytes(long offset, int length) {
            if (length < 0) {
                throw new IllegalArgumentException("a part has 0 bytes or more, not " + length);
            }
            try (InputStream in = stream(offset)) {
                return in.readNBytes(length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public InputStream stream() {
            return stream(0);
        }

        @Override
        public InputStream stream(long offset) {
            if (offset < 0) {
                throw new IllegalArgumentException("a part begins at 0 or later, not " + offset);
            }
            int from = (int) Math.min(offset, bytes.length);
            return new ByteArrayInputStream(bytes, from, bytes.length - from);
        }
    }

    private MemoryBlobs(InstantSource clock) {
        this.clock = clock;
    }

    /** An empty store by the system's clock. */
    public static MemoryBlobs create() {
        return on(InstantSource.system());
    }

    /** An empty store by this clock, e.g. a {@link VirtualClock}. */
    public static MemoryBlobs on(InstantSource clock) {
        return new MemoryBlobs(clock);
    }

    @Override
    public synchronized Optional<Blob> get(String key) {
        checkKey(key);
        return Optional.ofNullable(contents.get(key));
    }

    @Override
    public synchronized Info put(String key, byte[] content, Attributes attributes) {
        checkKey(key);
        check(attributes);
        Info info =
                new Info(
                        key,
                        content.length,
                        "etag-" + ++puts,
                        attributes.contentType(),
                        attributes.metadata(),
                        clock.instant());
        contents.put(key, new Content(info, content.clone()));
        return info;
    }

    @Override
    public Info put(String key, InputStream content, Attributes attributes) {
        try {
            return put(key, content.readAllBytes(), attributes);
        } catch (IOException e) {
            throw new UncheckedIOException("the content could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void delete(String key) {
        checkKey(key);
        contents.remove(key);
    }

    @Override
    public Page list(String prefix, int limit) {
        return list(prefix, limit, "");
    }

    @Override
    public synchronized Page list(String prefix, int limit, String from) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d blobs, not %d".formatted(PAGE_MAX, limit));
        }
        List<Info> found = new ArrayList<>();
        for (Content content : contents.tailMap(from, true).values()) {
            String key = content.info().key();
            if (key.startsWith(prefix) && found.size() == limit) {
                return new Page(found, Optional.of(key));
            }
            if (key.startsWith(prefix)) {
                found.add(brief(content.info()));
            }
        }
        return new Page(found, Optional.empty());
    }

    private static Info brief(Info info) {
        return new Info(
                info.key(), info.size(), info.etag(), Optional.empty(), Map.of(), info.modified());
    }

    @Override
    public URI urlToGet(String key, Duration life) {
        return url("get", key, life);
    }

    @Override
    public URI urlToPut(String key, Duration life) {
        return url("put", key, life);
    }

    /** One that leads nowhere; a test can see that it was asked for. */
    private static URI url(String verb, String key, Duration life) {
        checkKey(key);
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("a URL lives 1 s to 7 days, not " + life);
        }
        String path = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return URI.create("memory:%s/%s?life=%d".formatted(verb, path, life.toSeconds()));
    }

    private static void checkKey(String key) {
        int length = bytes(key).length;
        boolean whole =
                Arrays.stream(key.split("/", -1)).allMatch(part -> KEY.matcher(part).matches());
        if (length == 0 || length > KEY_BYTES_MAX || !whole) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d bytes, no control characters, and nothing empty, . or .. between its slashes, not '%s'"
                            .formatted(KEY_BYTES_MAX, key));
        }
    }

    private static void check(Attributes attributes) {
        boolean fits =
                attributes.contentType().stream().allMatch(t -> CONTENT_TYPE.matcher(t).matches())
                        && attributes.metadata().entrySet().stream()
                                .allMatch(
                                        each ->
                                                NAME.matcher(each.getKey()).matches()
                                                        && VALUE.matcher(each.getValue())
                                                                .matches());
        int bytes =
                attributes.metadata().entrySet().stream()
                        .mapToInt(each -> each.getKey().length() + each.getValue().length())
                        .sum();
        if (!fits || bytes > METADATA_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "these attributes cannot go with a blob: " + attributes);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
