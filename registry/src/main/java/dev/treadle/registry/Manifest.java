package dev.treadle.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything declared about a function: the content of {@code function.yaml}.
 *
 * @param name the function's name
 * @param entry the binary name of the handler class
 * @param limits what it may use
 * @param config plain values, in the order they were written
 * @param secrets the names of the secrets it may read
 * @param triggers what causes its invocations
 * @param calls the names of the functions it may call
 * @param requires what must be up for its events to be taken in
 * @param bindings what it uses of the platform, by its own names, in the order they were written
 */
public record Manifest(
        FunctionName name,
        String entry,
        Limits limits,
        Map<String, String> config,
        List<String> secrets,
        List<TriggerSpec> triggers,
        List<String> calls,
        List<Requirement> requires,
        Map<String, BindingSpec> bindings) {
    /** The version of the document's form. */
    public static final int SCHEMA = 1;

    public Manifest {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        secrets = List.copyOf(secrets);
        triggers = List.copyOf(triggers);
        calls = List.copyOf(calls);
        requires = List.copyOf(requires);
        bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
    }

    /** Of a function that uses nothing of the platform by a name. */
    public Manifest(
            FunctionName name,
            String entry,
            Limits limits,
            Map<String, String> config,
            List<String> secrets,
            List<TriggerSpec> triggers,
            List<String> calls,
            List<Requirement> requires) {
        this(name, entry, limits, config, secrets, triggers, calls, requires, Map.of());
    }

    /** Of a function that depends on nothing. */
    public Manifest(
            FunctionName name,
            String entry,
            Limits limits,
            Map<String, String> config,
            List<String> secrets,
            List<TriggerSpec> triggers,
            List<String> calls) {
        this(name, entry, limits, config, secrets, triggers, calls, List.of());
    }

    /** The same under another name, with another handler class. */
    public Manifest as(FunctionName otherName, String otherEntry) {
        return new Manifest(
                otherName,
                otherEntry,
                limits,
                config,
                secrets,
                triggers,
                calls,
                requires,
                bindings);
    }

    /** The HTTP routes among the triggers. */
    public List<TriggerSpec.Http> routes() {
        List<TriggerSpec.Http> routes = new ArrayList<>();
        for (TriggerSpec trigger : triggers) {
            switch (trigger) {
                case TriggerSpec.Http http -> routes.add(http);
                case TriggerSpec.Nats _, TriggerSpec.Rpc _, TriggerSpec.Schedule _ -> {}
            }
        }
        return routes;
    }

    /**
     * The triggers by the names that commands and records call them: the kind, and from the second
     * of a kind on its number too, such as {@code schedule}, {@code schedule-2}.
     */
    public Map<String, TriggerSpec> namedTriggers() {
        Map<String, TriggerSpec> named = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (TriggerSpec trigger : triggers) {
            int number = counts.merge(trigger.kind(), 1, Integer::sum);
            named.put(number == 1 ? trigger.kind() : trigger.kind() + "-" + number, trigger);
        }
        return named;
    }
}
