package dev.treadle.registry.manifest;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes single values so that YAML reads them back as the same text. */
final class YamlText {
    /** Words that YAML reads as text without quotes, whatever stands around them. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");

    private static final Pattern WORDS_WITH_A_MEANING =
            Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private YamlText() {}

    static String list(List<String> items) {
        return items.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    static String scalar(String text) {
        boolean bare =
                BARE.matcher(text).matches() && !WORDS_WITH_A_MEANING.matcher(text).matches();
        return bare ? text : quoted(text);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> quoted.append(isPlain(c) ? Character.toString(c) : "\\u%04X".formatted(c));
        }
    }

    /** Line breaks, byte order marks and half pairs would not come through as they are. */
    private static boolean isPlain(int c) {
        return (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c < 0xfeff)
                || c >= 0x10000;
    }
}
