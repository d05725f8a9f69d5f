package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.TriggerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code function.yaml}. All errors come at once; a value that is wrong is never replaced by
 * a default; a key that has no meaning is a warning.
 */
public final class ManifestReader {
    private static final List<String> KEYS =
            List.of(
                    "schema",
                    "name",
                    "entry",
                    "limits",
                    "config",
                    "secrets",
                    "triggers",
                    "calls",
                    "requires",
                    "bindings");
    private static final List<String> LATER = List.of("placement");
    private static final Pattern CLASS =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final Pattern CONFIG_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final String EXPECTED_NAME =
            "a DNS label: a-z, 0-9 and inner hyphens, 63 characters at most";
    private static final String EXPECTED_FUNCTION =
            "a function's name, without an alias: a-z, 0-9 and inner hyphens, 63 characters at most";
    private static final String EXPECTED_CLASS =
            "the name of the handler class, such as com.acme.Thumbnail";
    private static final String EXPECTED_SECRET =
            "a secret's name: letters, digits and _, no digit first";

    private final Problems problems = new Problems();
    private final Values values = new Values(problems);

    private ManifestReader() {}

    /** Reads the text of a manifest. */
    public static ParsedManifest read(String yaml) {
        return new ManifestReader().parse(yaml);
    }

    private ParsedManifest parse(String yaml) {
        Optional<Manifest> manifest = Yaml.compose(yaml, problems).flatMap(this::document);
        return manifest.isEmpty() || problems.hasErrors()
                ? new ParsedManifest.Invalid(problems.errors(), problems.warnings())
                : new ParsedManifest.Valid(manifest.get(), problems.warnings());
    }

    private Optional<Manifest> document(Node root) {
        return Mapping.read(new At("", root), "a mapping with schema, name and entry", problems)
                .flatMap(this::manifest);
    }

    private Optional<Manifest> manifest(Mapping top) {
        top.checkKeys(KEYS, LATER);
        top.require("schema", "" + Manifest.SCHEMA).ifPresent(this::schema);
        Optional<FunctionName> name = top.require("name", EXPECTED_NAME).flatMap(this::name);
        Optional<String> entry =
                top.require("entry", EXPECTED_CLASS)
                        .flatMap(at -> values.text(at, CLASS, EXPECTED_CLASS));
        Optional<Limits> limits =
                top.get("limits")
                        .map(new LimitsReader(problems)::read)
                        .orElse(Optional.of(Limits.DEFAULT));
        Map<String, String> config = top.get("config").map(this::config).orElse(Map.of());
        List<String> secrets = top.get("secrets").flatMap(this::secrets).orElse(List.of());
        List<TriggerSpec> triggers =
                top.get("triggers").map(new TriggerReader(problems)::read).orElse(List.of());
        List<String> calls = top.get("calls").flatMap(this::calls).orElse(List.of());
        List<Requirement> requires =
                top.get("requires").map(new RequiresReader(problems)::read).orElse(List.of());
        Map<String, BindingSpec> bindings =
                top.get("bindings").map(new BindingsReader(problems)::read).orElse(Map.of());
        return name.isEmpty() || entry.isEmpty() || limits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Manifest(
                                name.get(),
                                entry.get(),
                                limits.get(),
                                config,
                                secrets,
                                triggers,
                                calls,
                                requires,
                                bindings));
    }

    private void schema(At at) {
        values.integer(at, Manifest.SCHEMA, Manifest.SCHEMA);
    }

    private Optional<FunctionName> name(At at) {
        Optional<String> text = values.text(at, EXPECTED_NAME);
        if (text.isPresent() && !FunctionName.isLegal(text.get())) {
            problems.error(at, EXPECTED_NAME, at.found(), mended(text.get()));
            return Optional.empty();
        }
        return text.map(FunctionName::new);
    }

    private static Optional<String> mended(String name) {
        String label = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return Optional.of(label.replaceAll("^-|-$", "")).filter(FunctionName::isLegal);
    }

    private Map<String, String> config(At at) {
        Map<String, String> config = new LinkedHashMap<>();
        Optional<Mapping> mapping =
                Mapping.read(at, "a mapping of names to text, such as {SIZE: \"256\"}", problems);
        if (mapping.isPresent()) {
            for (Map.Entry<String, At> entry : mapping.get().values().entrySet()) {
                checkConfigKey(mapping.get().key(entry.getKey()), entry.getKey());
                values.plain(entry.getValue(), "text (write \"\" for none)")
                        .ifPresent(value -> config.put(entry.getKey(), value));
            }
        }
        return config;
    }

    private void checkConfigKey(At at, String key) {
        if (!CONFIG_KEY.matcher(key).matches()) {
            problems.error(
                    at,
                    "a config key: letters, digits, _, . and -, no digit first, 128 characters at most",
                    At.quote(key),
                    Optional.empty());
        }
    }

    private Optional<List<String>> secrets(At at) {
        return values.list(
                at,
                "a list of names such as [API_KEY]",
                item -> values.text(item, SECRET, EXPECTED_SECRET));
    }

    private Optional<List<String>> calls(At at) {
        return values.list(
                at,
                "a list of functions such as [resize]",
                item -> values.functionName(item, EXPECTED_FUNCTION).map(FunctionName::value));
    }
}
