package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.RocksHome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Where blobs are: large contents in files that never change, and an index that says which file is
 * behind which key, and has the small contents. A file is whole and on the disk before the index
 * names it; what a crash leaves without a name is removed at the next opening, since each file is
 * announced in the index before it is made or let go. Safe for threads.
 */
public final class BlobFolder implements AutoCloseable {
    /** Before the ids of files that may have no name; no store's name begins so. */
    private static final String ANNOUNCED = "\1";

    /** Before the ids of small contents; no store's name begins so. */
    private static final String SMALL = "\2";

    private final Path path;
    private final RocksHome home;
    private final InstantSource clock;
    private volatile boolean cleaned;

    public BlobFolder(Path path, InstantSource clock) {
        this.path = path;
        this.home = new RocksHome(path.resolve("index"), clock);
        this.clock = clock;
    }

    Path path() {
        return path;
    }

    InstantSource clock() {
        return clock;
    }

    /** Why it could not be opened; empty when it could, or when nobody has wanted it yet. */
    Optional<String> trouble() {
        return home.trouble();
    }

    /** The index; at its first opening what has no name is removed. */
    RocksFolder index() {
        RocksFolder index = home.folder();
        if (!cleaned) {
            clean(index);
        }
        return index;
    }

    /** The file of this id. */
    Path file(String id) {
        return path.resolve(id.substring(0, 2)).resolve(id);
    }

    /** Says that a file may have no name, unless this key has it. */
    void announce(RocksFolder index, String id, byte[] key) {
        RocksFolder.Change change = announcement(id, key);
        index.write(List.of(change), false);
    }

    private static RocksFolder.Change announcement(String id, byte[] key) {
        byte[] record = ByteBuffer.allocate(Long.BYTES + key.length).putLong(0).put(key).array();
        return new RocksFolder.Change(announcement(id), record);
    }

    /** It has one for sure, or is gone. */
    void settle(RocksFolder index, String id) {
        index.delete(announcement(id), false);
    }

    private static byte[] announcement(String id) {
        return (ANNOUNCED + id).getBytes(StandardCharsets.UTF_8);
    }

    /** What puts a small content into the index. */
    static RocksFolder.Change small(String id, byte[] content) {
        byte[] record =
                ByteBuffer.allocate(Long.BYTES + content.length).putLong(0).put(content).array();
        return new RocksFolder.Change(small(id), record);
    }

    /**
     * The record of a small content, which begins {@link Long#BYTES} later; null when it is gone.
     */
    static byte @Nullable [] small(RocksFolder index, String id) {
        return index.get(small(id));
    }

    private static byte[] small(String id) {
        return (SMALL + id).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What belongs to the change that takes a content's name: its end, or an announcement of it.
     */
    static RocksFolder.Change letGo(BlobRecord before, byte[] key) {
        return before.isSmall()
                ? new RocksFolder.Change(small(before.id()), null)
                : announcement(before.id(), key);
    }

    private synchronized void clean(RocksFolder index) {
        if (cleaned) {
            return;
        }
        try {
            for (String id : announced(index)) {
                byte[] record = index.get(announcement(id));
                if (record == null) {
                    continue;
                }
                byte[] key = Arrays.copyOfRange(record, Long.BYTES, record.length);
                if (!id.equals(named(index, key))) {
                    Files.deleteIfExists(file(id));
                }
                settle(index, id);
            }
        } catch (IOException e) {
            throw new StoreFailure(
                    Reason.FAILED, "%s cannot be cleaned up: %s".formatted(path, e), e);
        }
        cleaned = true;
    }

    private static @Nullable String named(RocksFolder index, byte[] key) {
        byte[] record = index.get(key);
        return record == null ? null : BlobRecord.read(record).id();
    }

    private static List<String> announced(RocksFolder index) {
        List<String> ids = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                Slice end = new Slice(SMALL.getBytes(StandardCharsets.UTF_8));
                ReadOptions bounded = options.setIterateUpperBound(end);
                RocksIterator all = index.iterate(bounded)) {
            for (all.seek(announcement("")); all.isValid(); all.next()) {
                ids.add(new String(all.key(), StandardCharsets.UTF_8).substring(1));
            }
            index.check(all);
        }
        return ids;
    }

    @Override
    public void close() {
        home.close();
    }
}
