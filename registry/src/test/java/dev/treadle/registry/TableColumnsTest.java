package dev.treadle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableColumnsTest {
    private static final Map<String, ColumnType> CUSTOMER = Map.of("customer", ColumnType.TEXT);
    private static final Map<String, ColumnType> PLACED = Map.of("placed", ColumnType.TIME);

    @Test
    void othersColumnsAreNoConflict() {
        TableColumns one = new TableColumns(CUSTOMER, PLACED, Map.of("total", ColumnType.LONG));
        TableColumns other = new TableColumns(CUSTOMER, PLACED, Map.of("paid", ColumnType.BOOLEAN));

        assertThat(one.conflicts(one)).isEmpty();
        assertThat(one.conflicts(other)).isEmpty();
    }

    @Test
    void aKeyIsOne() {
        TableColumns one = new TableColumns(CUSTOMER, PLACED, Map.of());
        TableColumns other = new TableColumns(CUSTOMER, Map.of(), Map.of());

        assertThat(one.conflicts(other))
                .containsExactly(
                        new TableColumns.Conflict("key.clustering", "{placed: time}", "{}"));
    }

    @Test
    void theOrderOfTheKeyCounts() {
        Map<String, ColumnType> ab = new LinkedHashMap<>();
        ab.put("a", ColumnType.INT);
        ab.put("b", ColumnType.INT);
        Map<String, ColumnType> ba = new LinkedHashMap<>();
        ba.put("b", ColumnType.INT);
        ba.put("a", ColumnType.INT);

        assertThat(
                        new TableColumns(ab, Map.of(), Map.of())
                                .conflicts(new TableColumns(ba, Map.of(), Map.of())))
                .containsExactly(
                        new TableColumns.Conflict(
                                "key.partition", "{a: int, b: int}", "{b: int, a: int}"));
    }

    @Test
    void aColumnHasOneType() {
        TableColumns one = new TableColumns(CUSTOMER, PLACED, Map.of("total", ColumnType.LONG));
        TableColumns other = new TableColumns(CUSTOMER, PLACED, Map.of("total", ColumnType.TEXT));
        TableColumns keyed =
                new TableColumns(CUSTOMER, PLACED, Map.of("customer", ColumnType.TEXT));

        assertThat(one.conflicts(other))
                .containsExactly(new TableColumns.Conflict("columns.total", "long", "text"));
        assertThat(keyed.conflicts(one))
                .containsExactly(
                        new TableColumns.Conflict(
                                "columns.customer", "text", "a column of the key"));
    }
}
