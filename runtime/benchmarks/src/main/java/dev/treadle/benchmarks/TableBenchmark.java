package dev.treadle.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.TableLab;
import dev.treadle.testkit.CassandraProcess;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What a binding of a table costs beside its provider's own client. */
final class TableBenchmark implements Benchmark {
    private static final int PARTITIONS = 1_000;
    private static final int LINES = 10;
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
        BindingRounds rounds = new BindingRounds(lab);
        puts(lab, rounds);
        gets(lab, rounds);
        cassandra(lab, rounds);
        return rounds.rows();
    }

    private static void puts(Lab lab, BindingRounds rounds) throws Exception {
        try (TableLab ours = TableLab.embedded(lab.newFolder("table"));
                BareRocks db = BareRocks.open(lab.newFolder("bare-rocksdb"))) {
            BareLines bare = new BareLines(db);
            rounds.compare(
                    "table: put of 256 B, beside rows by hand in bare RocksDB",
                    i -> ours.table().put(row(i)),
                    i -> bare.put(bareRow(i)));
        }
    }

    /** Both are opened anew before, so that both read one file and not what was just written. */
    private static void gets(Lab lab, BindingRounds rounds) throws Exception {
        Path folder = lab.newFolder("table-read");
        Path other = lab.newFolder("bare-rocksdb-read");
        try (TableLab ours = TableLab.embedded(folder);
                BareRocks db = BareRocks.open(other)) {
            BareLines bare = new BareLines(db);
            for (int i = 0; i < PARTITIONS * LINES; i++) {
                ours.table().put(row(i));
                bare.put(bareRow(i));
            }
        }
        try (TableLab ours = TableLab.embedded(folder);
                BareRocks db = BareRocks.open(other)) {
            BareLines bare = new BareLines(db);
            rounds.compare(
                    "table: get of 256 B, beside rows by hand in bare RocksDB",
                    i -> BindingRounds.requireFound(ours.table().get(key(i))),
                    i -> bare.get(id(i), line(i)));
        }
    }

    private static void cassandra(Lab lab, BindingRounds rounds) throws Exception {
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
                rounds.compare(
                        "table: put of 256 B to Cassandra, beside the bare driver",
                        i -> ours.table().put(row(i)),
                        i -> bare.execute(put.bind(id(i), line(i), ByteBuffer.wrap(VALUE))));
                rounds.compare(
                        "table: get of 256 B from Cassandra, beside the bare driver",
                        i -> ours.table().get(key(i)),
                        i -> bare.execute(get.bind(id(i), line(i))).one());
                rounds.compare(
                        "table: scan of ten rows in Cassandra, beside the bare driver",
                        i -> ours.table().scan(TableScan.of(id(i)).limit(LINES)),
                        i -> bare.execute(scan.bind(id(i))).all());
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

    private static BareLines.Line bareRow(long number) {
        return new BareLines.Line(id(number), line(number), VALUE);
    }
}
