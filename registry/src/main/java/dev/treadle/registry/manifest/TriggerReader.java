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
    private static final List<String> KINDS = List.of("http");
    private static final List<String> LATER_KINDS = List.of("nats", "rpc", "schedule");
    private static final String EXPECTED_KIND = "a trigger such as `http: {path: /hello}`";

    private final Problems problems;
    private final HttpReader httpReader;

    TriggerReader(Problems problems) {
        this.problems = problems;
        this.httpReader = new HttpReader(problems);
    }

    List<TriggerSpec> read(At at) {
        List<TriggerSpec.Http> triggers = new ArrayList<>();
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

    /** A request must not have two routes of one function to choose from. */
    private boolean isNew(TriggerSpec.Http http, List<TriggerSpec.Http> before, At at) {
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

    private Optional<TriggerSpec.Http> trigger(At at) {
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
        if (!kind.equals("http")) {
            unknownKind(mapping.get().key(kind), kind);
            return Optional.empty();
        }
        return mapping.get().get(kind).flatMap(httpReader::read);
    }

    private void unknownKind(At at, String kind) {
        Optional<String> nearest = DidYouMean.nearest(kind, KINDS);
        String found = "`" + kind + "`";
        if (nearest.isPresent()) {
            problems.error(at, "a kind of trigger: http", found, nearest);
            return;
        }
        Optional<String> later = DidYouMean.nearest(kind, LATER_KINDS);
        String message =
                "%s: `%s` triggers are not known to this version of Treadle, which has only `http`"
                        .formatted(at.path(), later.orElse(kind));
        problems.error(
                new Problem(
                        at.path(),
                        at.line(),
                        "a kind of trigger: http",
                        found,
                        later.filter(l -> !l.equals(kind)),
                        message));
    }
}
