package dev.treadle.registry;

import java.util.Locale;

/** What a column of a table holds. */
public enum ColumnType {
    TEXT,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIME,
    UUID,
    BYTES;

    /** As a manifest has it, such as {@code text}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
