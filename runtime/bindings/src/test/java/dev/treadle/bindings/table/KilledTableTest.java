package dev.treadle.bindings.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import dev.treadle.bindings.KilledWriter;
import dev.treadle.bindings.rocks.RocksHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedded table said it has kept is there after kill -9, and batches whole or not. */
class KilledTableTest {
    private static final int SAID_BEFORE_THE_END = 500;
    private static final int ROWS = 5;
    private static final TableSchema LINES =
            TableSchema.empty()
                    .partition("id", ColumnType.INT)
                    .clustering("line", ColumnType.INT)
                    .column("text", ColumnType.TEXT);

    @TempDir Path folder;

    @Test
    void everyBatchThatReturnedIsThereAndNoneInParts() throws Exception {
        int last = KilledWriter.killWhileItWrites(Writer.class, folder, SAID_BEFORE_THE_END);

        try (RocksHome home = RocksTableProvider.home(folder, InstantSource.system())) {
            TableStore lines = lines(home);
            for (int id = 0; id <= last + 1; id++) {
                TableStore.Found found =
                        lines.scan(
                                new TableStore.Range(
                                        TableKey.of(id),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        100));
                assertThat(found.rows())
                        .as("batch " + id)
                        .hasSizeBetween(id > last ? 0 : ROWS, ROWS);
                assertThat(found.rows().size() % ROWS).as("batch " + id).isZero();
            }
        }
    }

    private static TableStore lines(RocksHome home) {
        return new RocksTableProvider(home, false, InstantSource.system()).store("lines", LINES);
    }

    /** Writes without end, and says what is written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            TableStore lines =
                    lines(RocksTableProvider.home(Path.of(args[0]), InstantSource.system()));
            for (int id = 0; true; id++) {
                List<Table.Change> batch = new ArrayList<>();
                for (int line = 0; line < ROWS; line++) {
                    batch.add(
                            Table.Change.put(
                                    TableRow.of("id", id)
                                            .with("line", line)
                                            .with("text", "line " + line)));
                }
                lines.write(batch);
                System.out.println(id);
            }
        }
    }
}
