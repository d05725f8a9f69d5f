package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Blobs;
import dev.treadle.bindings.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A store as a dry run sees it: reads find what the run itself has put, and what is really there
 * beneath; writes are told instead of done. Of what the run puts, {@link #KEPT_MAX} bytes each are
 * kept for its own reads.
 */
public final class DryBlobs implements BlobStore {
    private static final int KEPT_MAX = 16 << 20;

    private final BlobStore real;
    private final Written written;
    private final Consumer<String> told;

    /**
     * @param told takes what would have been written, for people
     */
    public DryBlobs(BlobStore real, Written written, Consumer<String> told) {
        this.real = real;
        this.written = written;
        this.told = told;
    }

    /** What one dry run has put into a store; nothing stands for a key that was deleted. */
    public static final class Written {
        private final Map<String, Optional<Content>> contents = new HashMap<>();
        private int count;
    }

    private record Content(Blobs.Info info, byte[] bytes) {}

    @Override
    public Optional<Blobs.Info> info(String key) {
        synchronized (written) {
            Optional<Content> own = written.contents.getOrDefault(key, Optional.empty());
            return written.contents.containsKey(key) ? own.map(Content::info) : real.info(key);
        }
    }

    @Override
    public InputStream read(Look look, long offset, long length) {
        String key = look.info().key();
        synchronized (written) {
            if (!written.contents.containsKey(key)) {
                return real.read(look, offset, length);
            }
            Content own =
                    written.contents
                            .getOrDefault(key, Optional.empty())
                            .orElseThrow(
                                    () ->
                                            new StoreFailure(
                                                    Reason.FAILED,
                                                    "'%s' was deleted".formatted(key),
                                                    null));
            int from = (int) Math.min(offset, own.bytes().length);
            return new ByteArrayInputStream(own.bytes(), from, own.bytes().length - from);
        }
    }

    @Override
    public Blobs.Info put(String key, InputStream content, long size, Blobs.Attributes attributes)
            throws IOException {
        byte[] head = content.readNBytes(KEPT_MAX);
        long all = head.length + content.transferTo(OutputStream.nullOutputStream());
        synchronized (written) {
            Blobs.Info info =
                    new Blobs.Info(
                            key,
                            all,
                            "dry-" + ++written.count,
                            attributes.contentType(),
                            attributes.metadata(),
                            Instant.EPOCH);
            told.accept("put %s, %d bytes".formatted(key, all));
            written.contents.put(key, Optional.of(new Content(info, head)));
            return info;
        }
    }

    @Override
    public void delete(String key) {
        synchronized (written) {
            told.accept("delete " + key);
            written.contents.put(key, Optional.empty());
        }
    }

    /** New keys come with the last page. */
    @Override
    public Blobs.Page list(String prefix, int limit, Optional<String> from) {
        Blobs.Page page = real.list(prefix, limit, from);
        synchronized (written) {
            List<Blobs.Info> blobs = new ArrayList<>();
            for (Blobs.Info blob : page.blobs()) {
                info(blob.key()).ifPresent(blobs::add);
            }
            if (page.next().isEmpty()) {
                for (String key : new TreeSet<>(written.contents.keySet())) {
                    if (key.startsWith(prefix) && real.info(key).isEmpty()) {
                        info(key).ifPresent(blobs::add);
                    }
                }
            }
            return new Blobs.Page(blobs, page.next());
        }
    }

    @Override
    public URI urlToGet(String key, Duration life) {
        return real.urlToGet(key, life);
    }

    @Override
    public URI urlToPut(String key, Duration life) {
        told.accept("let others put " + key);
        return real.urlToPut(key, life);
    }
}
