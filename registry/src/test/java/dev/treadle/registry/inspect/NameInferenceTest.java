package dev.treadle.registry.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ManifestWriter;
import dev.treadle.registry.manifest.ParsedManifest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameInferenceTest {
    @ParameterizedTest
    @CsvSource({
        "Hello, hello",
        "com.acme.CsvStats, csv-stats",
        "HTTPProxy, http-proxy",
        "OrdersV2, orders-v2",
        "Sha256, sha256",
        "app.Outer$InnerThing, inner-thing",
        "snake_Case_, snake-case",
        "MyURL, my-url",
        "A, a",
        "Été, t",
        "_, function",
    })
    void theNameIsTheSimpleClassNameInKebabCase(String className, String name) {
        assertThat(NameInference.name(className).value()).isEqualTo(name);
    }

    @Test
    void aLongNameIsCutToALabel() {
        String name = NameInference.name("A" + "bcd".repeat(20) + "EfGhi").value();
        assertThat(name).hasSizeLessThanOrEqualTo(63).startsWith("abcd").doesNotEndWith("-");
    }

    @Test
    void theManifestHasOneRouteOnEveryMethodAndDefaults() {
        Manifest manifest = NameInference.manifest("com.acme.CsvStats");
        assertThat(manifest.name().value()).isEqualTo("csv-stats");
        assertThat(manifest.entry()).isEqualTo("com.acme.CsvStats");
        assertThat(manifest.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(manifest.triggers())
                .containsExactly(new TriggerSpec.Http("/csv-stats", List.of(), Optional.empty()));
        assertThat(ManifestReader.read(ManifestWriter.write(manifest)))
                .isEqualTo(new ParsedManifest.Valid(manifest, List.of()));
    }
}
