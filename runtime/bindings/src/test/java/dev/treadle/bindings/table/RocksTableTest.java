package dev.treadle.bindings.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.testkit.TableContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksTableTest extends TableContract {
    private static final TableSchema NOTES =
            TableSchema.empty()
                    .partition("id", ColumnType.INT)
                    .clustering("line", ColumnType.INT)
                    .column("text", ColumnType.TEXT);

    @TempDir Path folder;
    private RocksHome home;
    private RocksTableProvider provider;
    private final Map<TableSchema, String> names = new HashMap<>();

    @BeforeEach
    void open() {
        home = RocksTableProvider.home(folder.resolve("table"), InstantSource.system());
        provider = new RocksTableProvider(home, false, InstantSource.system());
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Override
    protected Table table(TableSchema schema, Optional<Duration> ttl) {
        String name = names.computeIfAbsent(schema, _ -> "t-" + names.size());
        return bound(name, schema, ttl);
    }

    private Table bound(String name, TableSchema schema, Optional<Duration> ttl) {
        return new BoundTable(provider.store(name, schema), TestGuard.of(provider), schema, ttl);
    }

    private Table notes(TableSchema schema) {
        return bound("notes", schema, Optional.empty());
    }

    private static TableRow note(int id, int line) {
        return TableRow.of("id", id).with("line", line);
    }

    @Test
    void whatIsPutOutlivesTheFolder() {
        notes(NOTES).put(note(1, 1).with("text", "kept"));
        close();
        open();

        assertThat(notes(NOTES).get(TableKey.of(1, 1))).contains(note(1, 1).with("text", "kept"));
    }

    @Test
    void aColumnThatIsDeclaredLaterIsEmptyInOldRows() {
        notes(NOTES).put(note(1, 1).with("text", "old"));
        TableSchema more = NOTES.column("stars", ColumnType.LONG);
        Table notes = notes(more);

        assertThat(notes.get(TableKey.of(1, 1))).contains(note(1, 1).with("text", "old"));
        notes.put(note(1, 2).with("stars", 5));
        assertThat(notes.get(TableKey.of(1, 2))).contains(note(1, 2).with("stars", 5L));
        assertThat(notes(NOTES).get(TableKey.of(1, 2))).contains(note(1, 2));
    }

    @Test
    void whatOnlyOthersKnowStays() {
        Table stars = notes(NOTES.column("stars", ColumnType.LONG));
        stars.put(note(1, 1).with("text", "both").with("stars", 5L));
        notes(NOTES).put(note(1, 1).with("text", "mine"));
        notes(NOTES).replace(note(1, 1), TableRow.of("text", "mine"));

        assertThat(stars.get(TableKey.of(1, 1))).contains(note(1, 1).with("stars", 5L));
    }

    @Test
    void anotherSchemaIsSaidToBeAnother() {
        notes(NOTES).put(note(1, 1));
        TableSchema other =
                TableSchema.empty()
                        .partition("id", ColumnType.INT)
                        .column("line", ColumnType.INT)
                        .column("text", ColumnType.BYTES);

        assertThat(provider.check("notes", other, false))
                .containsExactly(
                        new TableMisfit("key.clustering", "{}", "{line: int}"),
                        new TableMisfit("columns.line", "int", "a column of the key"),
                        new TableMisfit("columns.text", "bytes", "text"));
        assertThatThrownBy(() -> notes(other).get(TableKey.of(1)))
                .hasMessageContaining("TR-5005")
                .hasMessageContaining(
                        "the table notes is not as the manifest declares it: key.clustering is {line: int} there, not {}");
        assertThat(provider.check("notes", NOTES.column("more", ColumnType.INT), false)).isEmpty();
        close();
        open();
        assertThat(provider.check("notes", other, true)).hasSize(3);
        assertThat(provider.check("notes", NOTES, true)).isEmpty();
    }

    @Test
    void aSweepTakesAwayWhatHasEndedAndNothingElse() {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        TableStore store = new RocksTableProvider(home, false, () -> now).store("a", NOTES);
        store.put(note(1, 1), Optional.of(Duration.ofMinutes(1)));
        store.write(List.of(new Table.Put(note(1, 2), Optional.of(Duration.ofMinutes(1)))));
        store.put(note(1, 3), Optional.of(Duration.ofHours(1)));
        store.put(note(1, 1), Optional.empty());
        Instant then = now.plus(Duration.ofMinutes(2));

        assertThat(home.folder().sweep(then.toEpochMilli(), 1000)).isEqualTo(2);
        assertThat(home.folder().sweep(then.toEpochMilli(), 1000)).isZero();
        TableStore after = new RocksTableProvider(home, false, () -> then).store("a", NOTES);
        assertThat(after.get(TableKey.of(1, 1))).isPresent();
        assertThat(after.get(TableKey.of(1, 2))).isEmpty();
        assertThat(after.get(TableKey.of(1, 3))).isPresent();
    }

    @Test
    void aPageOfLargeRowsIsCutShort() {
        Table notes = notes(NOTES);
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 12; i++) {
            notes.put(note(1, i).with("text", large));
        }

        Table.Page page = notes.scan(TableScan.of(1));
        assertThat(page.rows()).hasSize(9);
        assertThat(notes.scan(TableScan.of(1).at(page.next().orElseThrow())).rows()).hasSize(3);
    }

    @Test
    void rawCqlIsForCassandra() {
        assertThatThrownBy(() -> notes(NOTES).cql("SELECT * FROM notes"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("CQL is for tables that are kept in Cassandra; this one is in RocksDB");
    }
}
