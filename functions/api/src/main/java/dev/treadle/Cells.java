package dev.treadle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of rows and keys, bytes among them, which Java does not compare by what they are. */
final class Cells {
    private Cells() {}

    /** The caller's own: bytes are copied, moments cut to the millisecond. */
    static Object own(Object value) {
        return switch (value) {
            case byte[] bytes -> bytes.clone();
            case Instant time -> Instant.ofEpochMilli(time.toEpochMilli());
            default -> Objects.requireNonNull(value);
        };
    }

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        return (a instanceof byte[] one && b instanceof byte[] other)
                ? Arrays.equals(one, other)
                : Objects.equals(a, b);
    }

    static int hash(Object value) {
        return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode();
    }

    /** For people; of bytes only how many. */
    static String text(Object value) {
        return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
    }

    static String text(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + text(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** How much room a value takes, about. */
    static int bytes(Object value) {
        return switch (value) {
            case String text -> utf8Length(text);
            case byte[] bytes -> bytes.length;
            default -> 16;
        };
    }

    /** Of a whole text: the two halves of a pair have four bytes together. */
    private static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                bytes += each < 0x800 || Character.isSurrogate(each) ? 1 : 2;
            }
        }
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Half pairs have no bytes of their own. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    static int compareUuids(UUID a, UUID b) {
        int byVersion = Integer.compare(a.version(), b.version());
        if (byVersion != 0) {
            return byVersion;
        }
        int byFirst =
                a.version() == 1
                        ? Long.compareUnsigned(time(a), time(b))
                        : Long.compareUnsigned(
                                a.getMostSignificantBits(), b.getMostSignificantBits());
        return byFirst != 0
                ? byFirst
                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    /** The sixty bits of time, the highest first; {@code UUID.timestamp} wants a variant too. */
    private static long time(UUID id) {
        long bits = id.getMostSignificantBits();
        return (bits & 0x0FFFL) << 48 | (bits >>> 16 & 0xFFFFL) << 32 | bits >>> 32;
    }
}
