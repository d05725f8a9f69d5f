package dev.treadle.registry.manifest;

import dev.treadle.registry.TriggerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code triggers}. */
final class TriggerReader {
    private static final List<String> KINDS = List.of("http", "nats", "rpc", "schedule");
    private static final String EXPECTED_KIND = "a trigger such as `http: {path: /hello}`";

    private final Problems problems;

    TriggerReader(Problems problems) {
        this.problems = problems;
    }

    List<TriggerSpec> read(At at) {
        List<TriggerSpec> triggers = new ArrayList<>();
        if (at.node() instanceof SequenceNode sequence) {
            List<Node> nodes = sequence.getValue();
            for (int i = 0; i < nodes.size(); i++) {
                At item = at.item(i, nodes.get(i));
                trigger(item).filter(t -> isNew(t, triggers, item)).ifPresent(triggers::add);
            }
        } else {
            problems.error(at, "a list of triggers");
        }
        return List.copyOf(triggers);
    }

    private boolean isNew(TriggerSpec trigger, List<TriggerSpec> before, At at) {
        if (trigger instanceof TriggerSpec.Http http) {
            List<TriggerSpec.Http> routes = new ArrayList<>();
            for (TriggerSpec other : before) {
                if (other instanceof TriggerSpec.Http route) {
                    routes.add(route);
                }
            }
            return isNewRoute(http, routes, at);
        }
        boolean isNew = !before.contains(trigger);
        if (!isNew) {
            problems.error(
                    at,
                    "each trigger once",
                    "the same `%s` trigger again".formatted(trigger.kind()),
                    Optional.empty());
        }
        return isNew;
    }

    /** A request must not have two routes of one function to choose from. */
    private boolean isNewRoute(TriggerSpec.Http http, List<TriggerSpec.Http> before, At at) {
        Optional<TriggerSpec.Http> twin =
                before.stream().filter(other -> overlap(http, other)).findFirst();
        twin.ifPresent(
                other ->
                        problems.error(
                                at,
                                "each route once",
                                "`%s`, which overlaps with `%s`"
                                        .formatted(http.path(), other.path()),
                                Optional.empty()));
        return twin.isEmpty();
    }

    private static boolean overlap(TriggerSpec.Http one, TriggerSpec.Http other) {
        boolean sameMethods =
                one.methods().isEmpty()
                        || other.methods().isEmpty()
                        || !Collections.disjoint(one.methods(), other.methods());
        return sameMethods
                && PathTemplate.shape(one.path()).equals(PathTemplate.shape(other.path()));
    }

    private Optional<TriggerSpec> trigger(At at) {
        Optional<Mapping> mapping = Mapping.read(at, EXPECTED_KIND, problems);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        if (mapping.get().values().size() != 1) {
            String found =
                    mapping.get().values().size() + " keys: " + mapping.get().values().keySet();
            problems.error(at, EXPECTED_KIND + ", one kind an item", found, Optional.empty());
            return Optional.empty();
        }
        String kind = mapping.get().values().keySet().iterator().next();
        Optional<At> value = mapping.get().get(kind);
        return switch (kind) {
            case "http" -> value.flatMap(new HttpReader(problems)::read);
            case "nats" -> value.flatMap(new NatsReader(problems)::read);
            case "rpc" -> value.flatMap(new RpcReader(problems)::read);
            case "schedule" -> value.flatMap(new ScheduleReader(problems)::read);
            default -> unknownKind(mapping.get().key(kind), kind);
        };
    }

    private Optional<TriggerSpec> unknownKind(At at, String kind) {
        problems.error(
                at,
                "a kind of trigger: " + String.join(", ", KINDS),
                "`" + kind + "`",
                DidYouMean.nearest(kind, KINDS));
        return Optional.empty();
    }
}
