package dev.treadle.registry.inspect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How much of one artifact we read: a small zip can hold a huge one. For one thread. */
final class Budget {
    static final long BYTES_MAX = 1L << 30;
    static final int ENTRIES_MAX = 200_000;
    static final int FILE_BYTES_MAX = 16 << 20;

    private final String label;
    private final long bytesMax;
    private long bytes;
    private int entries = ENTRIES_MAX;

    Budget(String label, long bytesMax) {
        this.label = label;
        this.bytesMax = bytesMax;
        this.bytes = bytesMax;
    }

    /** Counts an entry. */
    void entry() {
        if (--entries < 0) {
            throw new ArtifactException(
                    "%s has more than %d entries.".formatted(label, ENTRIES_MAX));
        }
    }

    /** All of a file that is small by nature. */
    byte[] readFile(InputStream in, String name) throws IOException {
        byte[] file = in.readNBytes(FILE_BYTES_MAX + 1);
        if (file.length > FILE_BYTES_MAX) {
            throw new ArtifactException(
                    "%s in %s is larger than %d MiB.".formatted(name, label, FILE_BYTES_MAX >> 20));
        }
        return file;
    }

    /** The same bytes, counted. */
    InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                spend(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                spend(Math.max(n, 0));
                return n;
            }
        };
    }

    private void spend(int n) {
        bytes -= n;
        if (bytes < 0) {
            throw new ArtifactException(
                    "%s unpacks to more than %d MiB.".formatted(label, bytesMax >> 20));
        }
    }
}
