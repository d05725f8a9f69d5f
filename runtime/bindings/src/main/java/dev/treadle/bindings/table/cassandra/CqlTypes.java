package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.treadle.ColumnType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cassandra's types for ours, and its values. */
final class CqlTypes {
    private CqlTypes() {}

    static DataType of(ColumnType type) {
        return switch (type) {
            case TEXT -> DataTypes.TEXT;
            case INT -> DataTypes.INT;
            case LONG -> DataTypes.BIGINT;
            case DOUBLE -> DataTypes.DOUBLE;
            case BOOLEAN -> DataTypes.BOOLEAN;
            case TIME -> DataTypes.TIMESTAMP;
            case UUID -> DataTypes.UUID;
            case BYTES -> DataTypes.BLOB;
        };
    }

    /** As a manifest would say it; what it cannot say, as Cassandra does. */
    static String word(DataType type) {
        return ours(type).map(ColumnType::word).orElseGet(() -> type.asCql(false, false));
    }

    private static Optional<ColumnType> ours(DataType type) {
        return Stream.of(ColumnType.values()).filter(each -> of(each).equals(type)).findFirst();
    }

    /** A value as the driver takes it. */
    static Object given(Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    /** A value of one of our types; null when the column is empty. */
    static @Nullable Object read(Row row, int column, ColumnType type) {
        if (row.isNull(column)) {
            return null;
        }
        return switch (type) {
            case TEXT -> row.getString(column);
            case INT -> row.getInt(column);
            case LONG -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getBoolean(column);
            case TIME -> millis(Objects.requireNonNull(row.getInstant(column)));
            case UUID -> row.getUuid(column);
            case BYTES -> bytes(Objects.requireNonNull(row.getByteBuffer(column)));
        };
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
