package dev.treadle.bindings.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.rocks.RocksHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryTableTest {
    private static final TableSchema LINES =
            TableSchema.empty()
                    .partition("id", ColumnType.INT)
                    .clustering("line", ColumnType.INT)
                    .column("text", ColumnType.TEXT);

    @TempDir Path folder;
    private final List<String> told = new ArrayList<>();
    private RocksHome home;
    private Table real;
    private Table dry;

    @BeforeEach
    void open() {
        home = RocksTableProvider.home(folder.resolve("table"), InstantSource.system());
        RocksTableProvider provider = new RocksTableProvider(home, false, InstantSource.system());
        TableStore store = provider.store("lines", LINES);
        real = new BoundTable(store, TestGuard.of(provider), LINES, Optional.empty());
        dry =
                new BoundTable(
                        new DryTable(store, LINES, new DryTable.Written(), told::add),
                        TestGuard.of(provider),
                        LINES,
                        Optional.empty());
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static TableRow line(int line) {
        return TableRow.of("id", 1).with("line", line);
    }

    @Test
    void aDryRunFindsWhatItHasWrittenAndWritesNothing() {
        real.put(line(1).with("text", "real"));
        dry.put(line(2).with("text", "dry"));
        dry.delete(TableKey.of(1, 1));
        assertThat(dry.create(line(1).with("text", "again"))).isTrue();
        assertThat(dry.create(line(1))).isFalse();
        assertThat(dry.replace(line(2), TableRow.of("text", "dry"))).isTrue();
        assertThat(dry.delete(TableKey.of(1, 2), TableRow.of("text", "dry"))).isFalse();
        dry.write(List.of(Table.Change.put(line(4)), Table.Change.delete(TableKey.of(1, 2))));

        assertThat(dry.get(TableKey.of(1, 1))).contains(line(1).with("text", "again"));
        assertThat(dry.get(TableKey.of(1, 2))).isEmpty();
        assertThat(real.scan(TableScan.of(1)).rows()).containsExactly(line(1).with("text", "real"));
        assertThat(told)
                .containsExactly(
                        "put {id=1, line=2, text=dry}",
                        "delete (1, 1)",
                        "put {id=1, line=1, text=again}",
                        "put {id=1, line=2}",
                        "put {id=1, line=4}",
                        "delete (1, 2)");
        assertThat(dry.cql("INSERT INTO lines (id) VALUES (1)")).isEmpty();
        assertThat(told).endsWith("cql INSERT INTO lines (id) VALUES (1)");
    }

    @Test
    void scansAndPagesJoinBoth() {
        for (int i = 0; i < 10; i++) {
            real.put(line(i));
        }
        for (int gone : new int[] {2, 3, 4, 8}) {
            dry.delete(TableKey.of(1, gone));
        }
        dry.put(line(20));
        dry.put(line(-1));

        assertThat(lines(TableScan.of(1).limit(3))).containsExactly(-1, 0, 1, 5, 6, 7, 9, 20);
        assertThat(lines(TableScan.of(1).limit(2).backward()))
                .containsExactly(20, 9, 7, 6, 5, 1, 0, -1);
        assertThat(lines(TableScan.of(1).limit(1).from(3).before(20))).containsExactly(5, 6, 7, 9);
    }

    private List<Integer> lines(TableScan scan) {
        List<Integer> lines = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Table.Page page = dry.scan(next.get().isEmpty() ? scan : scan.at(next.get()));
            page.rows().forEach(row -> lines.add((int) row.number("line").orElseThrow()));
            next = page.next();
        }
        return lines;
    }
}
