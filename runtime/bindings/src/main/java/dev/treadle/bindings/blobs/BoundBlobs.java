package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Blobs;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store as one invocation sees it: checks what it is given, has each call guarded, and tells of
 * what was put.
 */
public final class BoundBlobs implements Blobs {
    private final BlobStore store;
    private final Guard guard;
    private final Consumer<Info> created;

    /**
     * @param created takes what was put, after it was
     */
    public BoundBlobs(BlobStore store, Guard guard, Consumer<Info> created) {
        this.store = store;
        this.guard = guard;
        this.created = created;
    }

    @Override
    public Optional<Blob> get(String key) {
        BlobArguments.key(key);
        return guard.run(() -> store.look(key)).map(Content::new);
    }

    @Override
    public Info put(String key, byte[] content, Attributes attributes) {
        return put(key, new ByteArrayInputStream(content), content.length, attributes);
    }

    @Override
    public Info put(String key, InputStream content, Attributes attributes) {
        return put(key, content, -1, attributes);
    }

    private Info put(String key, InputStream content, long size, Attributes attributes) {
        BlobArguments.key(key);
        BlobArguments.attributes(attributes);
        Info put =
                guard.run(
                        () -> {
                            try {
                                return store.put(key, content, size, attributes);
                            } catch (IOException e) {
                                throw new ContentFailed(e);
                            }
                        });
        created.accept(put);
        return put;
    }

    /** What the function gave could not be read: its own mistake, not the provider's. */
    private static final class ContentFailed extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        ContentFailed(IOException cause) {
            super("the content that was to be put could not be read: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void delete(String key) {
        BlobArguments.key(key);
        guard.run(
                () -> {
                    store.delete(key);
                    return true;
                });
    }

    @Override
    public Page list(String prefix, int limit) {
        BlobArguments.page(prefix, limit);
        return guard.run(() -> store.list(prefix, limit, Optional.empty()));
    }

    @Override
    public Page list(String prefix, int limit, String from) {
        BlobArguments.page(prefix, limit);
        return guard.run(() -> store.list(prefix, limit, Optional.of(from)));
    }

    @Override
    public URI urlToGet(String key, Duration life) {
        BlobArguments.key(key);
        BlobArguments.life(life);
        return guard.run(() -> store.urlToGet(key, life));
    }

    @Override
    public URI urlToPut(String key, Duration life) {
        BlobArguments.key(key);
        BlobArguments.life(life);
        return guard.run(() -> store.urlToPut(key, life));
    }

    private final class Content implements Blob {
        private final Info info;
        private final Optional<byte[]> here;

        Content(BlobStore.Look look) {
            this.info = look.info();
            this.here = info.size() == 0 ? Optional.of(new byte[0]) : look.content();
        }

        @Override
        public Info info() {
            return info;
        }

        @Override
        public byte[] bytes() {
            return here.map(byte[]::clone)
                    .orElseGet(() -> read(0, Long.MAX_VALUE, Integer.MAX_VALUE));
        }

        @Override
        public byte[] bytes(long offset, int length) {
            BlobArguments.part(offset, length);
            if (offset >= info.size() || length == 0) {
                return new byte[0];
            }
            return here.map(all -> part(all, (int) offset, length))
                    .orElseGet(() -> read(offset, length, length));
        }

        private static byte[] part(byte[] all, int offset, int length) {
            return Arrays.copyOfRange(all, offset, offset + Math.min(length, all.length - offset));
        }

        /** Within the guard, since it may be slow as well. */
        private byte[] read(long offset, long length, int most) {
            return guard.run(
                    () -> {
                        try (InputStream in = store.read(info.key(), offset, length)) {
                            return in.readNBytes(most);
                        } catch (IOException e) {
                            throw new StoreFailure(
                                    Reason.UNAVAILABLE, "reading broke off: " + e, e);
                        }
                    });
        }

        @Override
        public InputStream stream() {
            return stream(0);
        }

        @Override
        public InputStream stream(long offset) {
            BlobArguments.part(offset, 0);
            if (offset >= info.size()) {
                return InputStream.nullInputStream();
            }
            return here.<InputStream>map(all -> rest(all, (int) offset))
                    .orElseGet(
                            () -> guard.run(() -> store.read(info.key(), offset, Long.MAX_VALUE)));
        }

        private static InputStream rest(byte[] all, int offset) {
            return new ByteArrayInputStream(all, offset, all.length - offset);
        }
    }
}
