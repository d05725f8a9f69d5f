package dev.treadle;

import java.lang.reflect.Type;

/** Reads and writes JSON in UTF-8. Unknown properties are passed over. Safe for threads. */
public interface Json {
    /**
     * Reads a value.
     *
     * @param bytes JSON text in UTF-8
     * @param type a class, or a generic type from reflection
     * @throws BadRequest when the text is not JSON or does not fit the type; the message says where
     */
    <T> T read(byte[] bytes, Type type);

    /** Reads a value of a class; see {@link #read(byte[], Type)}. */
    default <T> T read(byte[] bytes, Class<T> type) {
        return read(bytes, (Type) type);
    }

    /** Writes a value as UTF-8 text. */
    byte[] write(Object value);
}
