package dev.treadle.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.contract.Manifests;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ManifestDiffTest {
    private static final String HEAD = "schema: 1\nname: hello\n";

    @Test
    void eachChangeIsALine() {
        Manifest before =
                read(
                        HEAD
                                + """
                                entry: app.Hello
                                limits: {timeout: 10s, payload: 1Mi}
                                config: {SIZE: "256", OLD: x}
                                triggers: [http: {path: /hello}, schedule: {cron: "@daily"}]
                                """);
        Manifest after =
                read(
                        HEAD
                                + """
                                entry: app.Hello2
                                limits: {timeout: 5s, payload: 2Mi}
                                config: {SIZE: "512", NEW: ""}
                                secrets: [KEY]
                                triggers:
                                  - http: {path: /hi, methods: [GET]}
                                  - schedule: {cron: "@daily", missed: all}
                                  - http: {path: /ho}
                                calls: [resize]
                                """);
        assertThat(ManifestDiff.between(before, after))
                .containsExactly(
                        "entry: app.Hello -> app.Hello2",
                        "limits.timeout: 10s -> 5s",
                        "limits.payload: 1Mi -> 2Mi",
                        "config.SIZE: \"256\" -> \"512\"",
                        "config.OLD: \"x\" -> (none)",
                        "secrets: [] -> [KEY]",
                        "triggers[0].http.path: /hello -> /hi",
                        "triggers[1].schedule.missed: skip -> all",
                        "calls: [] -> [resize]",
                        "config.NEW: (none) -> \"\"",
                        "triggers[0].http.methods: (none) -> [GET]",
                        "triggers[2].http.path: (none) -> /ho");
    }

    @Test
    void equalManifestsHaveNoDifferenceAndUnequalOnesHaveOne() {
        SplittableRandom random = new SplittableRandom(11);
        GeneratedManifests manifests = new GeneratedManifests(random);
        for (int i = 0; i < 500; i++) {
            Manifest one = manifests.next();
            Manifest other = manifests.next();
            assertThat(ManifestDiff.between(one, one)).isEmpty();
            assertThat(ManifestDiff.between(one, other).isEmpty()).isEqualTo(one.equals(other));
        }
    }

    @Test
    void aChangeFarInsideALongValueIsALineToo() {
        String prefix = "x".repeat(100);
        Manifest before = read(HEAD + "entry: a.B\nconfig: {A: " + prefix + "1}");
        Manifest after = read(HEAD + "entry: a.B\nconfig: {A: " + prefix + "2}");
        assertThat(ManifestDiff.between(before, after)).hasSize(1);
        assertThat(ManifestDiff.between(Manifests.full("a"), Manifests.full("b")))
                .containsExactly("name: a -> b");
    }

    private static Manifest read(String yaml) {
        return ((ParsedManifest.Valid) ManifestReader.read(yaml)).manifest();
    }
}
