package dev.treadle.registry.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes as people write them: a whole number, and K, M, G (1000s) or Ki, Mi, Gi (1024s).
 */
public final class SizeText {
    /** For error messages. */
    static final String EXPECTED = "a size in bytes such as 4096, 512Ki, 1Mi or 10M";

    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,12})(Ki|Mi|Gi|K|M|G)?");

    /** The largest first, so that the first that divides is the shortest to write. */
    private static final Map<String, Long> BINARY = new LinkedHashMap<>();

    static {
        BINARY.put("Gi", 1L << 30);
        BINARY.put("Mi", 1L << 20);
        BINARY.put("Ki", 1L << 10);
    }

    private SizeText() {}

    /** Reads one; empty when it is none. */
    public static OptionalLong parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        String unit = form.group(2) == null ? "" : form.group(2);
        long factor =
                switch (unit) {
                    case "Ki", "Mi", "Gi" -> BINARY.getOrDefault(unit, 1L);
                    case "K" -> 1_000L;
                    case "M" -> 1_000_000L;
                    case "G" -> 1_000_000_000L;
                    default -> 1L;
                };
        // Thirteen digits of the largest unit pass a long; what is that large passes any limit too.
        long amount = Math.min(Long.parseLong(form.group(1)), Long.MAX_VALUE / factor);
        return OptionalLong.of(amount * factor);
    }

    /** Writes one in the largest of Gi, Mi, Ki that loses nothing, else in bytes. */
    public static String format(long bytes) {
        for (Map.Entry<String, Long> unit : BINARY.entrySet()) {
            if (bytes > 0 && bytes % unit.getValue() == 0) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        return Long.toString(bytes);
    }
}
