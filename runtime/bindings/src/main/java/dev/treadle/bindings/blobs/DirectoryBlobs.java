package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Blobs;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.StoreKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A store in the node's folder: small contents in its index, larger ones in files. */
final class DirectoryBlobs implements BlobStore {
    /** Others replace the same blob all the time when so many tries are not enough. */
    private static final int READS_MAX = 20;

    private static final int SMALL_MAX = 32 << 10;

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

    /** A small content comes along. */
    @Override
    public Optional<Look> look(String key) {
        RocksFolder index = folder.index();
        byte[] full = keys.full(key);
        for (int i = 0; i < READS_MAX; i++) {
            BlobRecord record = record(index, full);
            if (record == null) {
                return Optional.empty();
            }
            if (!record.isSmall()) {
                return Optional.of(new Look(record.info(key), new byte[0]));
            }
            byte[] small = BlobFolder.small(index, record.id());
            if (small != null) {
                byte[] content = Arrays.copyOfRange(small, Long.BYTES, small.length);
                return Optional.of(new Look(record.info(key), content));
            }
        }
        throw missing(key);
    }

    private static StoreFailure missing(String key) {
        return new StoreFailure(
                Reason.FAILED, "the content of '%s' is missing".formatted(key), null);
    }

    /** A content that is gone between the look and the opening has another in its place. */
    @Override
    public InputStream read(Look look, long offset, long length) {
        String key = look.info().key();
        RocksFolder index = folder.index();
        byte[] full = keys.full(key);
        for (int i = 0; i < READS_MAX; i++) {
            BlobRecord record = record(index, full);
            if (record == null) {
                throw new StoreFailure(
                        Reason.FAILED, "'%s' was deleted meanwhile".formatted(key), null);
            }
            InputStream content =
                    record.isSmall()
                            ? small(index, record.id(), offset)
                            : file(key, record.id(), offset);
            if (content != null) {
                return content;
            }
        }
        throw missing(key);
    }

    private static @Nullable InputStream small(RocksFolder index, String id, long offset) {
        byte[] record = BlobFolder.small(index, id);
        if (record == null) {
            return null;
        }
        int begin = Long.BYTES + (int) Math.min(offset, record.length - Long.BYTES);
        return new ByteArrayInputStream(record, begin, record.length - begin);
    }

    private @Nullable InputStream file(String key, String id, long offset) {
        try {
            SeekableByteChannel file = Files.newByteChannel(folder.file(id));
            return Channels.newInputStream(file.position(offset));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failed(key, e);
        }
    }

    @Override
    public Blobs.Info put(String key, InputStream content, long size, Blobs.Attributes attributes)
            throws IOException {
        byte[] begin = content.readNBytes(SMALL_MAX + 1);
        if (begin.length <= SMALL_MAX) {
            return putSmall(key, begin, attributes);
        }
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(begin), content);
        return putLarge(key, all, attributes);
    }

    private Blobs.Info putSmall(String key, byte[] content, Blobs.Attributes attributes) {
        RocksFolder index = folder.index();
        BlobFile.Written written = new BlobFile.Written(content.length, BlobFile.etag(content));
        BlobRecord record = record(BlobRecord.newSmall(), written, attributes);
        BlobRecord before =
                name(index, key, record, List.of(BlobFolder.small(record.id(), content)));
        removeFile(index, before);
        return record.info(key);
    }

    private Blobs.Info putLarge(String key, InputStream content, Blobs.Attributes attributes)
            throws IOException {
        RocksFolder index = folder.index();
        String id = BlobRecord.newFile();
        folder.announce(index, id, keys.full(key));
        BlobFile.Written written;
        try {
            written = BlobFile.write(folder.file(id), content);
        } catch (IOException | RuntimeException e) {
            remove(index, id);
            throw e;
        }
        BlobRecord record = record(id, written, attributes);
        BlobRecord before = name(index, key, record, List.of());
        folder.settle(index, id);
        removeFile(index, before);
        return record.info(key);
    }

    private BlobRecord record(String id, BlobFile.Written written, Blobs.Attributes attributes) {
        return new BlobRecord(
                id,
                written.size(),
                written.etag(),
                folder.clock().millis(),
                attributes.contentType(),
                attributes.metadata());
    }

    /**
     * Gives a content its name, in one change that is on the disk when this returns.
     *
     * @param content puts it into the index, where it belongs there
     * @return what had the name before
     */
    private @Nullable BlobRecord name(
            RocksFolder index, String key, BlobRecord record, List<RocksFolder.Change> content) {
        byte[] full = keys.full(key);
        List<RocksFolder.Change> changes = new ArrayList<>(content);
        changes.add(new RocksFolder.Change(full, record.bytes()));
        synchronized (index.lock(full)) {
            BlobRecord before = record(index, full);
            if (before != null) {
                changes.add(BlobFolder.letGo(before, full));
            }
            index.write(changes, true);
            return before;
        }
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
            index.write(
                    List.of(new RocksFolder.Change(full, null), BlobFolder.letGo(before, full)),
                    true);
        }
        removeFile(index, before);
    }

    private void removeFile(RocksFolder index, @Nullable BlobRecord before) {
        if (before != null && !before.isSmall()) {
            remove(index, before.id());
        }
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
