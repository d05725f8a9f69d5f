package dev.treadle.samples.csvstats;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads CSV (RFC 4180) in UTF-8 row by row: quoted fields, doubled quotes, line breaks in quotes,
 * LF or CRLF, a byte order mark at the start. Holds one row and one buffer. For one thread.
 */
final class CsvReader {
    private static final int FIELD_CHARS_MAX = 1 << 20;
    private static final int FIELDS_MAX = 10_000;
    private static final int END = -1;

    private final Reader in;
    private final char[] buffer = new char[16 * 1024];
    private final StringBuilder field = new StringBuilder();
    private int filled;
    private int next;
    private long line = 1;
    private long rowLine;

    CsvReader(InputStream in) {
        this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** The number of the line on which the last row began, counted from 1. */
    long line() {
        return rowLine;
    }

    /**
     * Reads the next row that is not blank.
     *
     * @param row emptied, then filled with the row's fields
     * @return false at the end
     */
    boolean read(List<String> row) throws IOException {
        if (line == 1 && peek() == '\uFEFF') {
            next++;
        }
        skipBlankLines();
        row.clear();
        rowLine = line;
        if (peek() == END) {
            return false;
        }
        do {
            if (row.size() == FIELDS_MAX) {
                throw new HttpError(413, "line " + rowLine + " has more than 10,000 fields");
            }
            row.add(peek() == '"' ? quoted() : plain());
        } while (take(','));
        endOfRow();
        return true;
    }

    private String plain() throws IOException {
        field.setLength(0);
        for (int c = peek(); c != ',' && c != '\n' && c != '\r' && c != END; c = peek()) {
            append((char) c);
        }
        return field.toString();
    }

    private String quoted() throws IOException {
        field.setLength(0);
        next++;
        while (true) {
            int c = peek();
            if (c == END) {
                throw new BadRequest("line " + rowLine + ": a quote is never closed");
            }
            if (c == '"') {
                next++;
                if (peek() != '"') {
                    return field.toString();
                }
            } else if (c == '\n') {
                line++;
            }
            append((char) c);
        }
    }

    private void append(char c) {
        if (field.length() == FIELD_CHARS_MAX) {
            throw new HttpError(
                    413, "line " + rowLine + " has a field of more than 1 Mi characters");
        }
        field.append(c);
        next++;
    }

    private void endOfRow() throws IOException {
        if (peek() != END && !lineBreak()) {
            throw new BadRequest("line " + line + ": text after a closing quote");
        }
    }

    private void skipBlankLines() throws IOException {
        boolean blank = true;
        while (blank) {
            blank = lineBreak();
        }
    }

    private boolean lineBreak() throws IOException {
        boolean found = take('\r');
        found |= take('\n');
        line += found ? 1 : 0;
        return found;
    }

    private boolean take(char wanted) throws IOException {
        boolean there = peek() == wanted;
        next += there ? 1 : 0;
        return there;
    }

    private int peek() throws IOException {
        if (next == filled) {
            filled = Math.max(0, in.read(buffer));
            next = 0;
        }
        return filled == 0 ? END : buffer[next];
    }
}
