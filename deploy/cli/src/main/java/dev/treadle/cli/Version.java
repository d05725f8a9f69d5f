package dev.treadle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which Treadle this is. */
final class Version {
    private Version() {}

    static String number() {
        try (InputStream in =
                Objects.requireNonNull(Version.class.getResourceAsStream("version"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line() {
        return "treadle " + number() + " (Java " + Runtime.version() + ")";
    }
}
