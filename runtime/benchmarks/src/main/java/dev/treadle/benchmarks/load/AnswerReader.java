package dev.treadle.benchmarks.load;

import java.util.Arrays;

/**
 * Finds where an HTTP/1.1 answer with a Content-Length ends; looks at nothing else of it but the
 * status. For one thread.
 */
final class AnswerReader {
    private static final byte[] LENGTH =
            "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[16 * 1024];
    private int filled;
    private int searched;
    private int bodyAt = -1;
    private int bodyBytes;

    /** Where the next bytes go; there is room for {@link #room()} from {@link #filled()} on. */
    byte[] buffer() {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * filled);
        }
        return bytes;
    }

    int filled() {
        return filled;
    }

    int room() {
        return buffer().length - filled;
    }

    /**
     * Counts bytes in that were put into the buffer.
     *
     * @return whether the answer is whole now
     */
    boolean added(int count) {
        filled += count;
        if (bodyAt < 0) {
            findBody();
        }
        return bodyAt >= 0 && filled >= bodyAt + bodyBytes;
    }

    /** The status of a whole answer. */
    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /** The body of a whole answer. */
    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyAt, bodyAt + bodyBytes);
    }

    /** Begins with the next answer. */
    void next() {
        filled = 0;
        searched = 0;
        bodyAt = -1;
        bodyBytes = 0;
    }

    private void findBody() {
        int line = searched;
        for (int i = line; i < filled; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i - line <= 1) {
                bodyAt = i + 1;
                return;
            }
            if ((bytes[line] | 0x20) == 'c' && isLength(line, i)) {
                bodyBytes = number(line + LENGTH.length, i);
            }
            line = i + 1;
            searched = line;
        }
    }

    private boolean isLength(int from, int to) {
        if (to - from < LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[from + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                number = 10 * number + bytes[i] - '0';
            }
        }
        return number;
    }
}
