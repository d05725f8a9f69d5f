package dev.treadle;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** What a column of a {@link Table} holds. */
public enum ColumnType {
    /** A {@code String}. */
    TEXT(String.class),
    /** An {@code Integer}. */
    INT(Integer.class),
    /** A {@code Long}; an {@code Integer} is taken as well. */
    LONG(Long.class),
    /** A {@code Double}; not in keys. */
    DOUBLE(Double.class),
    /** A {@code Boolean}. */
    BOOLEAN(Boolean.class),
    /** An {@code Instant}, kept to the millisecond. */
    TIME(Instant.class),
    /** A {@code java.util.UUID}. */
    UUID(UUID.class),
    /** A {@code byte[]}. */
    BYTES(byte[].class);

    private final Class<?> javaType;

    ColumnType(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** The class of its values. */
    public Class<?> javaType() {
        return javaType;
    }

    /** As a manifest has it, such as {@code text}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a key may have it. */
    public boolean isForKeys() {
        return this != DOUBLE;
    }

    /**
     * The order of rows by a clustering column: text by its bytes in UTF-8, bytes without a sign,
     * {@code false} before {@code true}, UUIDs by their version, those of version 1 by their time
     * then, all others by their bytes.
     *
     * @param a of this type, as is {@code b}
     */
    public int compare(Object a, Object b) {
        return switch (this) {
            case TEXT -> Arrays.compareUnsigned(Cells.utf8((String) a), Cells.utf8((String) b));
            case INT -> Integer.compare((Integer) a, (Integer) b);
            case LONG -> Long.compare((Long) a, (Long) b);
            case DOUBLE -> Double.compare((Double) a, (Double) b);
            case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
            case TIME -> ((Instant) a).compareTo((Instant) b);
            case UUID -> Cells.compareUuids((UUID) a, (UUID) b);
            case BYTES -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
        };
    }
}
