package dev.treadle.testkit;

import java.io.IOException;
import java.io.InputStream;

/** Gives so many bytes and then fails. */
public final class CutStream extends InputStream {
    private int left;

    public CutStream(int bytes) {
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            throw new IOException("the line is cut");
        }
        int given = Math.min(left, length);
        left -= given;
        return given;
    }
}
