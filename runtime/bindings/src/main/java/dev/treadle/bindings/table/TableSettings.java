package dev.treadle.bindings.table;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.table.cassandra.CassandraSettings;

/** What is behind a table. */
public record TableSettings(Capacity capacity, Source source) {
    /** A provider and what it needs. */
    public sealed interface Source {}

    /**
     * The node's own RocksDB.
     *
     * @param fsync whether a write is on the disk before it is done
     */
    public record RocksDb(boolean fsync) implements Source {}

    /**
     * A Cassandra.
     *
     * @param consistency how many replicas answer, in one of the words that the provider knows
     */
    public record Cassandra(CassandraSettings server, String consistency) implements Source {}
}
