package dev.treadle.trigger.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** The one content coding that answers may have. */
final class Gzip {
    /** Less is not worth the coding's own bytes. */
    static final int WORTHWHILE_BYTES = 1024;

    private Gzip() {}

    /** Whether an {@code Accept-Encoding} takes gzip (RFC 9110, section 12.5.3). */
    static boolean accepted(String acceptEncoding) {
        double gzip = -1;
        double any = -1;
        for (String each : acceptEncoding.split(",", -1)) {
            String[] parts = each.strip().toLowerCase(Locale.ROOT).split(";", 2);
            double weight = parts.length < 2 ? 1 : weight(parts[1].strip());
            switch (parts[0].strip()) {
                case "gzip", "x-gzip" -> gzip = weight;
                case "*" -> any = weight;
                default -> {}
            }
        }
        return gzip >= 0 ? gzip > 0 : any > 0;
    }

    static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 4096)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static double weight(String parameter) {
        if (!parameter.startsWith("q=")) {
            return 1;
        }
        try {
            return Double.parseDouble(parameter.substring(2).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
