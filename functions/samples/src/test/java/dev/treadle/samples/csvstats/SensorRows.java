package dev.treadle.samples.csvstats;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A long CSV text that is made while it is read: ten sensors, of which the n-th always reads n. */
final class SensorRows extends InputStream {
    private final long rows;
    private long made;
    private byte[] row = "sensor,value\n".getBytes(StandardCharsets.UTF_8);
    private int next;

    SensorRows(long rows) {
        this.rows = rows;
    }

    @Override
    public int read() {
        if (next == row.length) {
            if (made == rows) {
                return -1;
            }
            long sensor = made++ % 10;
            row = ("s" + sensor + "," + sensor + "\n").getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
        return row[next++];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int count = 0;
        for (int b = read(); b >= 0; b = read()) {
            buffer[offset + count++] = (byte) b;
            if (count == length) {
                return count;
            }
        }
        return count == 0 ? -1 : count;
    }
}
