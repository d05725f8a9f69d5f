package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.TriggerSpec;
import java.util.Map;

/** Writes manifests in one canonical form, which reads back as an equal manifest. */
public final class ManifestWriter {
    private final StringBuilder out = new StringBuilder();

    private ManifestWriter() {}

    /** The text of {@code function.yaml}. */
    public static String write(Manifest manifest) {
        return new ManifestWriter().document(manifest);
    }

    private String document(Manifest manifest) {
        line(0, "schema: " + Manifest.SCHEMA);
        line(0, "name: " + YamlText.scalar(manifest.name().value()));
        line(0, "entry: " + YamlText.scalar(manifest.entry()));
        limits(manifest.limits());
        if (!manifest.config().isEmpty()) {
            line(0, "config:");
            manifest.config()
                    .forEach(
                            (key, value) ->
                                    line(1, YamlText.scalar(key) + ": " + YamlText.quoted(value)));
        }
        if (!manifest.secrets().isEmpty()) {
            line(0, "secrets: " + YamlText.list(manifest.secrets()));
        }
        if (!manifest.triggers().isEmpty()) {
            line(0, "triggers:");
            manifest.triggers().forEach(this::trigger);
        }
        if (!manifest.calls().isEmpty()) {
            line(0, "calls: " + YamlText.list(manifest.calls()));
        }
        if (!manifest.requires().isEmpty()) {
            line(0, "requires:");
            manifest.requires().forEach(this::requirement);
        }
        if (!manifest.bindings().isEmpty()) {
            line(0, "bindings:");
            manifest.bindings().forEach(this::binding);
        }
        return out.toString();
    }

    private void binding(String name, BindingSpec binding) {
        line(1, YamlText.scalar(name) + ":");
        fields(2, BindingFields.of(binding));
    }

    private void requirement(Requirement requirement) {
        line(
                1,
                "- %s: %s"
                        .formatted(
                                requirement.target().kind(),
                                YamlText.quoted(requirement.target().value())));
        line(2, "interval: " + DurationText.format(requirement.interval()));
        line(2, "timeout: " + DurationText.format(requirement.timeout()));
        line(2, "failures: " + requirement.failures());
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
            case TriggerSpec.Nats nats -> fields("nats", TriggerFields.of(nats));
            case TriggerSpec.Rpc rpc -> fields("rpc", TriggerFields.of(rpc));
            case TriggerSpec.Schedule schedule -> fields("schedule", TriggerFields.of(schedule));
        }
    }

    private void http(TriggerSpec.Http http) {
        line(1, "- http:");
        line(3, "path: " + YamlText.scalar(http.path()));
        if (!http.methods().isEmpty()) {
            line(3, "methods: " + YamlText.list(http.methods()));
        }
        http.cors().ifPresent(this::cors);
        http.async()
                .ifPresent(
                        async -> {
                            line(3, "async:");
                            fields(4, TriggerFields.of(async));
                        });
    }

    private void cors(TriggerSpec.Cors cors) {
        line(3, "cors:");
        line(4, "origins: " + YamlText.list(cors.origins()));
        if (!cors.methods().isEmpty()) {
            line(4, "methods: " + YamlText.list(cors.methods()));
        }
        line(4, "headers: " + YamlText.list(cors.headers()));
        line(4, "expose: " + YamlText.list(cors.expose()));
        line(4, "credentials: " + cors.credentials());
        line(4, "maxAge: " + DurationText.format(cors.maxAge()));
    }

    private void fields(String kind, Map<String, String> fields) {
        line(1, "- " + kind + ":");
        fields(3, fields);
    }

    private void fields(int level, Map<String, String> fields) {
        String open = "";
        for (Map.Entry<String, String> field : fields.entrySet()) {
            int dot = field.getKey().indexOf('.');
            String parent = field.getKey().substring(0, Math.max(dot, 0));
            if (!parent.isEmpty() && !parent.equals(open)) {
                line(level, parent + ":");
            }
            open = parent;
            String key = field.getKey().substring(dot + 1);
            line(parent.isEmpty() ? level : level + 1, key + ": " + field.getValue());
        }
    }

    private void line(int level, String text) {
        out.append("  ".repeat(level)).append(text).append('\n');
    }
}
