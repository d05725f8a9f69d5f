package dev.treadle.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Manifest;
import java.util.List;

/** Reads manifests for tests. */
final class ManifestTexts {
    /** What every manifest begins with. */
    static final String HEAD = "schema: 1\nname: hello\nentry: app.Hello\n";

    private ManifestTexts() {}

    static Manifest valid(String yaml) {
        ParsedManifest read = ManifestReader.read(yaml);
        assertThat(read).isInstanceOf(ParsedManifest.Valid.class);
        return ((ParsedManifest.Valid) read).manifest();
    }

    static ParsedManifest.Invalid invalid(String yaml) {
        ParsedManifest read = ManifestReader.read(yaml);
        assertThat(read).isInstanceOf(ParsedManifest.Invalid.class);
        return (ParsedManifest.Invalid) read;
    }

    static List<String> messages(String yaml) {
        return invalid(yaml).errors().stream().map(Problem::message).toList();
    }
}
