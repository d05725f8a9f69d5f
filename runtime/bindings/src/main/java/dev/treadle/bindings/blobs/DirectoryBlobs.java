package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Blobs;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.StoreKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A store in the node's folder. */
final class DirectoryBlobs implements BlobStore {
    /** Others replace the same blob all the time when so many tries are not enough. */
    private static final int READS_MAX = 20;

    private final BlobFolder folder;
    private final StoreKeys keys;

    DirectoryBlobs(BlobFolder folder, String store) {
        this.folder = folder;
        this.keys = new StoreKeys(store);
    }

    @Override
    public Optional<Blobs.Info> info(String key) {
        BlobRecord record = record(folder.index(), keys.full(key));
        return record == null ? Optional.empty() : Optional.of(record.info(key));
    }

    /** A file that is gone between the look and the opening has another in its place. */
    @Override
    public InputStream read(String key, long offset, long length) {
        for (int i = 0; i < READS_MAX; i++) {
            BlobRecord record = record(folder.index(), keys.full(key));
            if (record == null) {
                throw new StoreFailure(
                        Reason.FAILED, "'%s' was deleted meanwhile".formatted(key), null);
            }
            try {
                SeekableByteChannel file = Files.newByteChannel(folder.file(record.id()));
                return Channels.newInputStream(file.position(offset));
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException e) {
                throw failed(key, e);
            }
        }
        throw new StoreFailure(Reason.FAILED, "the file of '%s' is missing".formatted(key), null);
    }

    @Override
    public Blobs.Info put(String key, InputStream content, long size, Blobs.Attributes attributes)
            throws IOException {
        RocksFolder index = folder.index();
        byte[] full = keys.full(key);
        String id = UUID.randomUUID().toString();
        folder.announce(index, id, full);
        BlobFile.Written written;
        try {
            written = BlobFile.write(folder.file(id), content);
        } catch (IOException | RuntimeException e) {
            remove(index, id);
            throw e;
        }
        BlobRecord record =
                new BlobRecord(
                        id,
                        written.size(),
                        written.etag(),
                        folder.clock().millis(),
                        attributes.contentType(),
                        attributes.metadata());
        BlobRecord before;
        synchronized (index.lock(full)) {
            before = record(index, full);
            if (before != null) {
                folder.announce(index, before.id(), full);
            }
            index.put(full, record.bytes(), true);
        }
        folder.settle(index, id);
        if (before != null) {
            remove(index, before.id());
        }
        return record.info(key);
    }

    @Override
    public void delete(String key) {
        RocksFolder index = folder.index();
        byte[] full = keys.full(key);
        BlobRecord before;
        synchronized (index.lock(full)) {
            before = record(index, full);
            if (before == null) {
                return;
            }
            folder.announce(index, before.id(), full);
            index.delete(full, true);
        }
        remove(index, before.id());
    }

    /** A file that cannot be removed now is tried again at the next opening. */
    private void remove(RocksFolder index, String id) {
        try {
            Files.deleteIfExists(folder.file(id));
            folder.settle(index, id);
        } catch (IOException e) {
            System.getLogger(DirectoryBlobs.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} stays for now: {1}", id, e);
        }
    }

    @Override
    public Blobs.Page list(String wanted, int limit, Optional<String> from) {
        RocksFolder index = folder.index();
        byte[] begin = keys.begin(wanted, from);
        List<Blobs.Info> found = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                Slice end = new Slice(keys.end(wanted));
                ReadOptions bounded = options.setIterateUpperBound(end);
                RocksIterator all = index.iterate(bounded)) {
            for (all.seek(begin); all.isValid(); all.next()) {
                if (found.size() == limit) {
                    return new Blobs.Page(found, Optional.of(StoreKeys.place(all.key())));
                }
                found.add(BlobRecord.read(all.value()).brief(keys.key(all.key())));
            }
            index.check(all);
        }
        return new Blobs.Page(found, Optional.empty());
    }

    @Override
    public URI urlToGet(String key, Duration life) {
        throw noUrls();
    }

    @Override
    public URI urlToPut(String key, Duration life) {
        throw noUrls();
    }

    private static UnsupportedOperationException noUrls() {
        return new UnsupportedOperationException(
                "the embedded store of blobs has no URLs for others; answer with the content, or put an S3 behind the store");
    }

    private static @Nullable BlobRecord record(RocksFolder index, byte[] full) {
        byte[] record = index.get(full);
        return record == null ? null : BlobRecord.read(record);
    }

    private static StoreFailure failed(String key, IOException e) {
        return new StoreFailure(
                Reason.FAILED, "the file of '%s' cannot be read: %s".formatted(key, e), e);
    }
}
