package dev.treadle.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarWriterTest {
    private final SortedMap<String, byte[]> entries = new TreeMap<>();

    @Test
    void theSameContentGivesTheSameBytesWhereverAndWhenever() {
        entries.put("b.txt", bytes("two"));
        entries.put("a/A.class", bytes("one"));
        entries.put("lib/x.jar", bytes("packed"));
        byte[] here = JarWriter.write(entries);

        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(JarWriter.write(entries)).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
        entries.put("a/A.class", bytes("one"));
        entries.put("lib/x.jar", bytes("packed"));
        Path jar = Files.write(folder.resolve("f.jar"), JarWriter.write(entries));

        SortedMap<String, byte[]> read = JarReader.read(jar);

        assertThat(read.keySet()).containsExactly("a/A.class", "lib/x.jar");
        assertThat(read.get("lib/x.jar")).isEqualTo(bytes("packed"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
