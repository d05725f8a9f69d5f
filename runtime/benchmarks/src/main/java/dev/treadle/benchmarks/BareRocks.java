package dev.treadle.benchmarks;

import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The control of what is embedded: a RocksDB as it comes. */
record BareRocks(RocksDB db) implements AutoCloseable {
    static BareRocks open(Path folder) {
        RocksDB.loadLibrary();
        try {
            return new BareRocks(RocksDB.open(folder.toString()));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    void put(byte[] key, byte[] value) {
        try {
            db.put(key, value);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] get(byte[] key) {
        try {
            byte[] value = db.get(key);
            if (value == null) {
                throw new IllegalStateException("a key is missing");
            }
            return value;
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
