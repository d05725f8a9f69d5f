package dev.treadle.registry.manifest;

import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.TriggerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says how one manifest differs from another. */
public final class ManifestDiff {
    private static final String NOTHING = "(none)";

    private ManifestDiff() {}

    /** One line a change, such as {@code limits.timeout: 10s -> 5s}; empty when there is none. */
    public static List<String> between(Manifest before, Manifest after) {
        Map<String, String> old = flatten(before);
        Map<String, String> young = flatten(after);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(young.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            String from = old.getOrDefault(path, NOTHING);
            String to = young.getOrDefault(path, NOTHING);
            if (!from.equals(to)) {
                lines.add(path + ": " + At.shorten(from) + " -> " + At.shorten(to));
            }
        }
        return lines;
    }

    private static Map<String, String> flatten(Manifest manifest) {
        Map<String, String> flat = new LinkedHashMap<>();
        flat.put("name", manifest.name().value());
        flat.put("entry", manifest.entry());
        Limits limits = manifest.limits();
        flat.put("limits.timeout", DurationText.format(limits.timeout()));
        flat.put("limits.stream", DurationText.format(limits.stream()));
        flat.put("limits.concurrency", Integer.toString(limits.concurrency()));
        flat.put("limits.queue", Integer.toString(limits.queue()));
        flat.put("limits.payload", SizeText.format(limits.payloadBytes()));
        manifest.config().forEach((key, value) -> flat.put("config." + key, "\"" + value + "\""));
        flat.put("secrets", manifest.secrets().toString());
        for (int i = 0; i < manifest.triggers().size(); i++) {
            trigger("triggers[" + i + "]", manifest.triggers().get(i), flat);
        }
        flat.put("calls", manifest.calls().toString());
        for (int i = 0; i < manifest.requires().size(); i++) {
            requirement("requires[" + i + "].", manifest.requires().get(i), flat);
        }
        manifest.bindings()
                .forEach(
                        (name, binding) ->
                                fields("bindings." + name + ".", BindingFields.of(binding), flat));
        return flat;
    }

    private static void requirement(String path, Requirement one, Map<String, String> flat) {
        flat.put(path + one.target().kind(), one.target().value());
        flat.put(path + "interval", DurationText.format(one.interval()));
        flat.put(path + "timeout", DurationText.format(one.timeout()));
        flat.put(path + "failures", Integer.toString(one.failures()));
    }

    private static void trigger(String path, TriggerSpec trigger, Map<String, String> flat) {
        switch (trigger) {
            case TriggerSpec.Http http -> http(path + ".http", http, flat);
            case TriggerSpec.Nats nats -> fields(path + ".nats.", TriggerFields.of(nats), flat);
            case TriggerSpec.Rpc rpc -> fields(path + ".rpc.", TriggerFields.of(rpc), flat);
            case TriggerSpec.Schedule schedule ->
                    fields(path + ".schedule.", TriggerFields.of(schedule), flat);
        }
    }

    private static void fields(
            String prefix, Map<String, String> fields, Map<String, String> flat) {
        fields.forEach((key, value) -> flat.put(prefix + key, value));
    }

    private static void http(String path, TriggerSpec.Http http, Map<String, String> flat) {
        flat.put(path + ".path", http.path());
        if (!http.methods().isEmpty()) {
            flat.put(path + ".methods", http.methods().toString());
        }
        http.cors().ifPresent(cors -> cors(path + ".cors", cors, flat));
        http.async().ifPresent(async -> fields(path + ".async.", TriggerFields.of(async), flat));
    }

    private static void cors(String path, TriggerSpec.Cors cors, Map<String, String> flat) {
        flat.put(path + ".origins", cors.origins().toString());
        flat.put(path + ".methods", cors.methods().toString());
        flat.put(path + ".headers", cors.headers().toString());
        flat.put(path + ".expose", cors.expose().toString());
        flat.put(path + ".credentials", Boolean.toString(cors.credentials()));
        flat.put(path + ".maxAge", DurationText.format(cors.maxAge()));
    }
}
