package dev.treadle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which row of a {@link Table}: the values of its partition columns and then of its clustering
 * columns, in the order in which the manifest declares them.
 *
 * @param values see {@link ColumnType} for their classes; text and bytes are neither empty nor
 *     longer than 1024 bytes
 */
public record TableKey(List<Object> values) {
    /** How many bytes a text or bytes may have in a key. */
    public static final int VALUE_BYTES_MAX = 1024;

    public TableKey {
        List<Object> own = new ArrayList<>(values.size());
        for (Object value : values) {
            own.add(Cells.own(value));
        }
        values = Collections.unmodifiableList(own);
    }

    /** The row of these values. */
    public static TableKey of(Object... values) {
        return new TableKey(Arrays.asList(values));
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TableKey that) || values.size() != that.values.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!Cells.equal(values.get(i), that.values.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Object value : values) {
            hash = 31 * hash + Cells.hash(value);
        }
        return hash;
    }

    /** For people. */
    @Override
    public String toString() {
        return values.stream().map(Cells::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
