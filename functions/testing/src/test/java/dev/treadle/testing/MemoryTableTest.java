package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ColumnType;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import dev.treadle.testkit.TableContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTableTest extends TableContract {
    private static final TableSchema SEEN =
            TableSchema.empty().partition("type", ColumnType.TEXT).column("id", ColumnType.TEXT);

    private final Map<TableSchema, MemoryTable> tables = new HashMap<>();

    @Override
    protected Table table(TableSchema schema, Optional<Duration> ttl) {
        MemoryTable table = tables.computeIfAbsent(schema, MemoryTable::of);
        return ttl.map(table::ttl).orElse(table);
    }

    @Test
    void rowsEndByTheTestsClock() {
        VirtualClock clock = VirtualClock.at("2026-11-01T12:00:00Z");
        MemoryTable table = MemoryTable.on(clock, SEEN).ttl(Duration.ofHours(1));
        table.put(TableRow.of("type", "a"));

        clock.advance(Duration.ofMinutes(59));
        assertThat(table.get(TableKey.of("a"))).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(table.get(TableKey.of("a"))).isEmpty();
    }

    @Test
    void aFunctionUsesWhatTheTestGivesIt() {
        MemoryTable table = MemoryTable.of(SEEN);
        EventFunction seen =
                (event, context) ->
                        context.table("seen")
                                .put(TableRow.of("type", event.type()).with("id", event.id()));
        try (TestFunction function = TestFunction.of(seen).table("seen", table)) {
            Event event = function.newEvent("order").build();
            function.event(event);

            assertThat(table.get(TableKey.of("order")).orElseThrow().text("id"))
                    .contains(event.id());
        }
    }

    @Test
    void aTableHasAPartition() {
        assertThatThrownBy(() -> MemoryTable.of(TableSchema.empty()))
                .hasMessage("a table has a partition column at least");
    }
}
