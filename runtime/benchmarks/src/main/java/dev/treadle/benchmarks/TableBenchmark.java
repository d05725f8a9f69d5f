package dev.treadle.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.KvLab;
import dev.treadle.benchmarks.process.TableLab;
import dev.treadle.testkit.CassandraProcess;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What a binding of a table costs beside its provider's own client. */
final class TableBenchmark implements Benchmark {
    private static final int PARTITIONS = 1_000;
    private static final int LINES = 10;
    private static final String GOAL = "≥ 0.95";
    private static final byte[] VALUE = new byte[256];

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String question() {
        return "rows of a table of a function, beside bare RocksDB and Cassandra's bare driver";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        List<Row> rows = new ArrayList<>();
        rocks(lab, rows);
        cassandra(lab, rows);
        return rows;
    }

    private static void rocks(Lab lab, List<Row> rows) throws Exception {
        RocksDB.loadLibrary();
        try (TableLab ours = TableLab.embedded(lab.newFolder("table"));
                RocksDB db = RocksDB.open(lab.newFolder("bare-rocksdb").toString())) {
            rows.add(
                    compare(
                            lab,
                            "table: put of 256 B, beside bare RocksDB",
                            i -> ours.table().put(row(i)),
                            i -> put(db, bytes(i))));
            rows.add(
                    compare(
                            lab,
                            "table: get of 256 B, beside bare RocksDB",
                            i -> ours.table().get(key(i)),
                            i -> get(db, bytes(i))));
        }
    }

    private static void put(RocksDB db, byte[] key) {
        try {
            db.put(key, VALUE);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void get(RocksDB db, byte[] key) {
        try {
            db.get(key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void cassandra(Lab lab, List<Row> rows) throws Exception {
        if (!CassandraProcess.isThere()) {
            System.err.println("table: there is no Cassandra (~/.treadle/cassandra, a JDK 17)");
            return;
        }
        try (CassandraProcess server = CassandraProcess.start(lab.newFolder("cassandra"));
                TableLab ours = TableLab.cassandra(lab.newFolder("unused"), server.port())) {
            ours.table().put(row(0)); // makes the table
            try (CqlSession bare = bare(server.port())) {
                PreparedStatement put =
                        bare.prepare("INSERT INTO bench (id, line, value) VALUES (?, ?, ?)");
                PreparedStatement get =
                        bare.prepare("SELECT id, line, value FROM bench WHERE id = ? AND line = ?");
                PreparedStatement scan =
                        bare.prepare("SELECT id, line, value FROM bench WHERE id = ? LIMIT 10");
                rows.add(
                        compare(
                                lab,
                                "table: put of 256 B to Cassandra, beside the bare driver",
                                i -> ours.table().put(row(i)),
                                i ->
                                        bare.execute(
                                                put.bind(id(i), line(i), ByteBuffer.wrap(VALUE)))));
                rows.add(
                        compare(
                                lab,
                                "table: get of 256 B from Cassandra, beside the bare driver",
                                i -> ours.table().get(key(i)),
                                i -> bare.execute(get.bind(id(i), line(i))).one()));
                rows.add(
                        compare(
                                lab,
                                "table: scan of ten rows in Cassandra, beside the bare driver",
                                i -> ours.table().scan(TableScan.of(id(i)).limit(LINES)),
                                i -> bare.execute(scan.bind(id(i))).all()));
            }
        }
    }

    /** With the servers' time, as ours. */
    private static CqlSession bare(int port) {
        return CqlSession.builder()
                .withConfigLoader(
                        DriverConfigLoader.programmaticBuilder()
                                .withString(
                                        DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS,
                                        "ServerSideTimestampGenerator")
                                .build())
                .addContactPoint(new InetSocketAddress("127.0.0.1", port))
                .withLocalDatacenter("datacenter1")
                .withKeyspace(TableLab.KEYSPACE)
                .build();
    }

    private static Row compare(Lab lab, String what, LongConsumer ours, LongConsumer control)
            throws InterruptedException {
        Duration each = Duration.ofMillis(lab.count(1_000, 500));
        KvLab.rate(ours, each);
        KvLab.rate(control, each);
        Rounds our = new Rounds();
        Rounds other = new Rounds();
        for (int i = lab.count(7, 5); i > 0; i--) {
            our.add(KvLab.rate(ours, each));
            other.add(KvLab.rate(control, each));
        }
        return Row.rates(what, our, other, GOAL);
    }

    private static String id(long number) {
        return "id-" + number / LINES % PARTITIONS;
    }

    private static int line(long number) {
        return (int) (number % LINES);
    }

    private static TableKey key(long number) {
        return TableKey.of(id(number), line(number));
    }

    private static TableRow row(long number) {
        return TableRow.of("id", id(number)).with("line", line(number)).with("value", VALUE);
    }

    private static byte[] bytes(long number) {
        return (id(number) + "/" + line(number)).getBytes(StandardCharsets.UTF_8);
    }
}
