package dev.treadle.samples.csvstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.treadle.HttpError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    @Test
    void fieldsMayBeQuoted() throws IOException {
        assertThat(rows("a,\"b,c\",\"d \"\"e\"\"\"\n\"\",,x"))
                .containsExactly(List.of("a", "b,c", "d \"e\""), List.of("", "", "x"));
    }

    @Test
    void lineEndsAreLfOrCrlfAndMayBeInsideQuotes() throws IOException {
        assertThat(rows("a,b\r\n1,\"x\r\ny\"\r\n"))
                .containsExactly(List.of("a", "b"), List.of("1", "x\r\ny"));
    }

    @Test
    void byteOrderMarkIsNotPartOfTheFirstField() throws IOException {
        assertThat(rows("\uFEFFa,b\n")).containsExactly(List.of("a", "b"));
    }

    @Test
    void lastFieldMayBeEmpty() throws IOException {
        assertThat(rows("a,\n")).containsExactly(List.of("a", ""));
    }

    @Test
    void firstRowIsThereBeforeTheBodyEnds() throws IOException {
        CsvReader reader = new CsvReader(new SensorRows(Long.MAX_VALUE));
        List<String> row = new ArrayList<>();

        assertThat(reader.read(row)).isTrue();
        assertThat(row).containsExactly("sensor", "value");
    }

    @Test
    void fieldWithoutAnEndIsRefused() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                        return length;
                    }
                };

        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> new CsvReader(endless).read(new ArrayList<>()))
                .withMessage("line 1 has a field of more than 1 Mi characters");
    }

    private static List<List<String>> rows(String text) throws IOException {
        CsvReader reader =
                new CsvReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        while (reader.read(row)) {
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
