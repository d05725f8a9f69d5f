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
        private final BlobStore.Look look;

        Content(BlobStore.Look look) {
            this.look = look;
        }

        @Override
        public Info info() {
            return look.info();
        }

        @Override
        public byte[] bytes() {
            return look.isWhole()
                    ? look.start().clone()
                    : read(0, Long.MAX_VALUE, Integer.MAX_VALUE);
        }

        @Override
        public byte[] bytes(long offset, int length) {
            BlobArguments.part(offset, length);
            int wanted = (int) Math.min(length, info().size() - offset);
            if (wanted <= 0) {
                return new byte[0];
            }
            return offset + wanted <= look.start().length
                    ? Arrays.copyOfRange(look.start(), (int) offset, (int) offset + wanted)
                    : read(offset, length, length);
        }

        /** Within the guard, since it may be slow as well. */
        private byte[] read(long offset, long length, int most) {
            return guard.run(
                    () -> {
                        try (InputStream in = store.read(look, offset, length)) {
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
            if (offset >= info().size()) {
                return InputStream.nullInputStream();
            }
            return look.isWhole()
                    ? new ByteArrayInputStream(
                            look.start(), (int) offset, look.start().length - (int) offset)
                    : guard.run(() -> store.read(look, offset, Long.MAX_VALUE));
        }
    }
}
