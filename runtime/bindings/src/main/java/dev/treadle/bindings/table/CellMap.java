package dev.treadle.bindings.table;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The values of a row by their columns, to be gone through once by whoever copies them. */
final class CellMap extends AbstractMap<String, Object> {
    private final List<String> names;
    private final @Nullable Object[] cells;

    /**
     * @param cells by the places of the names; null where a column is empty
     */
    CellMap(List<String> names, @Nullable Object[] cells) {
        this.names = names;
        this.cells = cells;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < cells.length; i++) {
            Object value = cells[i];
            if (value != null) {
                action.accept(names.get(i), value);
            }
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        forEach(all::put);
        return all.entrySet();
    }
}
