package dev.treadle.bindings.table.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.table.BoundTable;
import dev.treadle.bindings.table.TableMisfit;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Address;
import dev.treadle.testkit.CassandraProcess;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.TableContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real Cassandra. */
class CassandraTableTest extends TableContract {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final TableSchema NOTES =
            TableSchema.empty()
                    .partition("id", ColumnType.INT)
                    .clustering("line", ColumnType.INT)
                    .column("text", ColumnType.TEXT);

    private static final Map<TableSchema, String> NAMES = new HashMap<>();
    @TempDir static Path folder;
    private static CassandraProcess server;
    private static CassandraHome home;
    private static CassandraTableProvider provider;

    @BeforeAll
    static void start() throws IOException {
        server = CassandraProcess.start(folder);
        home = new CassandraHome(settings(server.port()));
        provider = provider(home, TIMEOUT);
    }

    @AfterAll
    static void stop() {
        try (CassandraProcess _ = server;
                CassandraHome _ = home) {
            // closes what was started, the connections first
        }
    }

    private static CassandraSettings settings(int port) {
        return settings(port, "datacenter1");
    }

    private static CassandraSettings settings(int port, String datacenter) {
        return new CassandraSettings(
                List.of(new Address("127.0.0.1", port)),
                datacenter,
                "Shop",
                Map.of("datacenter1", 1),
                Optional.empty(),
                CassandraSettings.Login.NONE);
    }

    private static CassandraTableProvider provider(CassandraHome home, Duration timeout) {
        return new CassandraTableProvider(home, CassandraTableProvider.CONSISTENCY, timeout);
    }

    @Override
    protected Table table(TableSchema schema, Optional<Duration> ttl) {
        String name = NAMES.computeIfAbsent(schema, _ -> "t-" + NAMES.size());
        return bound(provider, name, schema, ttl);
    }

    private static Table bound(
            CassandraTableProvider from, String name, TableSchema schema, Optional<Duration> ttl) {
        return new BoundTable(from.store(name, schema), TestGuard.of(from), schema, ttl);
    }

    private static Table notes(TableSchema schema) {
        return bound(provider, "notes", schema, Optional.empty());
    }

    private static TableRow note(int id, int line) {
        return TableRow.of("id", id).with("line", line);
    }

    @Test
    void columnsComeAndOthersSchemasAreRefused() {
        notes(NOTES).put(note(1, 1).with("text", "old"));
        TableSchema more = NOTES.column("stars", ColumnType.LONG).column("at", ColumnType.TIME);
        assertThat(provider.check("notes", more, false)).isEmpty();
        notes(more).put(note(1, 2).with("text", "both").with("stars", 5));
        notes(NOTES).put(note(1, 2).with("text", "mine"));
        TableSchema other =
                TableSchema.empty()
                        .partition("id", ColumnType.INT)
                        .column("line", ColumnType.INT)
                        .column("text", ColumnType.BYTES);

        assertThat(notes(more).scan(TableScan.of(1)).rows())
                .containsExactly(
                        note(1, 1).with("text", "old"),
                        note(1, 2).with("text", "mine").with("stars", 5L));
        assertThat(provider.check("notes", other, true))
                .containsExactly(
                        new TableMisfit("key.clustering", "{}", "{line: int}"),
                        new TableMisfit("columns.line", "int", "a column of the key"),
                        new TableMisfit("columns.text", "bytes", "text"));
        assertThatThrownBy(() -> notes(other).get(TableKey.of(1)))
                .hasMessageContaining("TR-5005")
                .hasMessageContaining("the table notes is not as the manifest declares it");
    }

    @Test
    void rawCqlDoesWhatCassandraDoes() {
        Table table = notes(NOTES);
        table.put(note(7, 1).with("text", "seven"));
        table.cql("CREATE TABLE IF NOT EXISTS days (d date PRIMARY KEY, n set<int>, v bigint)");
        table.cql("INSERT INTO days (d, v, n) VALUES (?, ?, {1, 2})", LocalDate.of(2026, 11, 1), 7);

        assertThat(table.cql("SELECT text FROM notes WHERE id = ?", 7))
                .containsExactly(TableRow.of("text", "seven"));
        TableRow day = table.cql("SELECT * FROM days").getFirst();
        assertThat(day.value("d", LocalDate.class)).contains(LocalDate.of(2026, 11, 1));
        assertThat(day.number("v")).hasValue(7);
        assertThat(table.cql("UPDATE days SET v = 8 WHERE d = '2026-11-01' IF v = 9"))
                .containsExactly(TableRow.of("[applied]", false).with("v", 7L));
        for (String wrong : List.of("SELEC", "SELECT * FROM nowhere", "SELECT x FROM days")) {
            assertRefused(() -> table.cql(wrong), "Cassandra does not take this statement");
        }
        assertRefused(
                () -> table.cql("SELECT * FROM notes WHERE id = ?"),
                "Cassandra does not take this statement");
        assertRefused(
                () -> table.cql("SELECT * FROM notes WHERE id = ?", 1, 2), "1 question marks");
        assertRefused(() -> table.cql("SELECT * FROM notes WHERE id = ?", "one"), "does not fit");
    }

    @Test
    void aPageOfLargeRowsIsCutShort() {
        Table table = notes(NOTES);
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 11; i++) {
            table.put(note(9, i).with("text", large));
        }

        Table.Page page = table.scan(TableScan.of(9));
        assertThat(page.rows()).hasSize(9);
        assertThat(table.scan(TableScan.of(9).at(page.next().orElseThrow())).rows()).hasSize(2);
    }

    @Test
    void loadFailsWhileTheServerIsGoneAndGoesOnWhenItIsBack() throws Exception {
        Table table = notes(NOTES);
        table.put(note(11, 0).with("text", "kept"));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load =
                    IntStream.range(0, 8)
                            .<Future<?>>mapToObj(
                                    each ->
                                            executor.submit(
                                                    () -> load(table, each, stop, written, failed)))
                            .toList();
            try {
                Eventually.holds(() -> written.get() > 50);
                server.kill();
                Eventually.holds(() -> failed.get() > 50);
                assertThat(provider.trouble().orElseThrow()).contains("datacenter1");
                server.startAgain();
                int before = written.get();
                Eventually.holds(() -> written.get() > before + 50);
            } finally {
                stop.set(true); // else nobody ends the load
            }
            for (Future<?> each : load) {
                each.get(); // throws what was no BindingFailed
            }
        }

        assertThat(provider.trouble()).isEmpty();
        assertThat(table.get(TableKey.of(11, 0)).orElseThrow().text("text")).contains("kept");
    }

    private static void load(
            Table table, int id, AtomicBoolean stop, AtomicInteger written, AtomicInteger failed) {
        for (int line = 0; !stop.get(); line++) {
            try {
                table.put(note(100 + id, line));
                written.incrementAndGet();
            } catch (BindingFailed e) {
                assertThat(e.code()).isEqualTo("TR-5004");
                failed.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS); // the server needs the processors to start
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        CassandraTableProvider impatient = provider(home, Duration.ofMillis(300));
        Table table = bound(impatient, "notes", NOTES, Optional.empty());
        Table patient = notes(NOTES);
        patient.put(note(12, 1));
        server.freeze();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> table.get(TableKey.of(12, 1)))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5004 binding cache (cassandra keyspace Shop at 127.")
                    .hasMessageContaining("timed out");
            Future<?> call = executor.submit(() -> patient.get(TableKey.of(12, 1)));
            executor.shutdownNow();
            assertThatThrownBy(call::get).hasCauseInstanceOf(BindingFailed.class);
        } finally {
            server.thaw();
        }
        Eventually.holds(() -> provider.trouble().isEmpty());
        assertThat(patient.get(TableKey.of(12, 1))).isPresent();
    }

    @Test
    void aDatacentreThatIsNotThereIsSaidToBeMissing() {
        try (CassandraHome elsewhere = new CassandraHome(settings(server.port(), "elsewhere"))) {
            assertThat(provider(elsewhere, TIMEOUT).trouble().orElseThrow())
                    .isEqualTo("no node of the datacentre elsewhere can be reached");
        }
    }

    @Test
    void aServerThatWasNeverThereIsSaidToBeMissing() throws IOException {
        try (CassandraHome nowhere = new CassandraHome(settings(FreePort.next()))) {
            CassandraTableProvider absent = provider(nowhere, TIMEOUT);
            assertThat(absent.trouble().orElseThrow()).contains("Connection refused");
            assertThatThrownBy(() -> absent.check("notes", NOTES, true))
                    .hasMessageContaining("Connection refused");
        }
    }
}
