package dev.treadle.registry.manifest;

import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes manifests in one canonical form, which reads back as an equal manifest. */
public final class ManifestWriter {
    /** Words that YAML reads as text without quotes, whatever stands around them. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");

    private static final Pattern WORDS_WITH_A_MEANING =
            Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private final StringBuilder out = new StringBuilder();

    private ManifestWriter() {}

    /** The text of {@code function.yaml}. */
    public static String write(Manifest manifest) {
        return new ManifestWriter().document(manifest);
    }

    private String document(Manifest manifest) {
        line(0, "schema: " + Manifest.SCHEMA);
        line(0, "name: " + scalar(manifest.name().value()));
        line(0, "entry: " + scalar(manifest.entry()));
        limits(manifest.limits());
        if (!manifest.config().isEmpty()) {
            line(0, "config:");
            manifest.config().forEach((key, value) -> line(1, scalar(key) + ": " + quoted(value)));
        }
        if (!manifest.secrets().isEmpty()) {
            line(0, "secrets: " + list(manifest.secrets()));
        }
        if (!manifest.triggers().isEmpty()) {
            line(0, "triggers:");
            manifest.triggers().forEach(this::trigger);
        }
        return out.toString();
    }

    private void limits(Limits limits) {
        line(0, "limits:");
        line(1, "timeout: " + DurationText.format(limits.timeout()));
        line(1, "stream: " + DurationText.format(limits.stream()));
        line(1, "concurrency: " + limits.concurrency());
        line(1, "queue: " + limits.queue());
        line(1, "payload: " + SizeText.format(limits.payloadBytes()));
    }

    private void trigger(TriggerSpec trigger) {
        switch (trigger) {
            case TriggerSpec.Http http -> http(http);
        }
    }

    private void http(TriggerSpec.Http http) {
        line(1, "- http:");
        line(3, "path: " + scalar(http.path()));
        if (!http.methods().isEmpty()) {
            line(3, "methods: " + list(http.methods()));
        }
        http.cors().ifPresent(this::cors);
    }

    private void cors(TriggerSpec.Cors cors) {
        line(3, "cors:");
        line(4, "origins: " + list(cors.origins()));
        if (!cors.methods().isEmpty()) {
            line(4, "methods: " + list(cors.methods()));
        }
        line(4, "headers: " + list(cors.headers()));
        line(4, "expose: " + list(cors.expose()));
        line(4, "credentials: " + cors.credentials());
        line(4, "maxAge: " + DurationText.format(cors.maxAge()));
    }

    private void line(int level, String text) {
        out.append("  ".repeat(level)).append(text).append('\n');
    }

    private static String list(List<String> items) {
        return items.stream()
                .map(ManifestWriter::scalar)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String scalar(String text) {
        boolean bare =
                BARE.matcher(text).matches() && !WORDS_WITH_A_MEANING.matcher(text).matches();
        return bare ? text : quoted(text);
    }

    private static String quoted(String text) {
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
