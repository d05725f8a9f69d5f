package dev.treadle.registry.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping of a document: its keys are text and each is there once. */
final class Mapping {
    private final At at;
    private final Problems problems;
    private final Map<String, At> keys = new LinkedHashMap<>();
    private final Map<String, At> values = new LinkedHashMap<>();

    private Mapping(At at, Problems problems) {
        this.at = at;
        this.problems = problems;
    }

    /** Empty, and an error told, when there is something else. */
    static Optional<Mapping> read(At at, String expected, Problems problems) {
        if (!(at.node() instanceof MappingNode node)) {
            problems.error(at, expected);
            return Optional.empty();
        }
        Mapping mapping = new Mapping(at, problems);
        node.getValue().forEach(mapping::add);
        return Optional.of(mapping);
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
            problems.error(new At(at.path(), entry.getKeyNode()), "a key that is text");
            return;
        }
        String key = keyNode.getValue();
        At previous = keys.putIfAbsent(key, at.child(key, keyNode));
        if (previous != null) {
            problems.error(
                    at.child(key, keyNode),
                    "each key once",
                    "`%s` again, after line %d".formatted(key, previous.line()),
                    Optional.empty());
            return;
        }
        values.put(key, at.child(key, entry.getValueNode()));
    }

    At at() {
        return at;
    }

    /** The values by key, in the document's order. */
    Map<String, At> values() {
        return values;
    }

    /** Where a key itself stands. */
    At key(String key) {
        return keys.getOrDefault(key, at);
    }

    Optional<At> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** As {@link #get}; an error when the key is not there. */
    Optional<At> require(String key, String expected) {
        Optional<At> value = get(key);
        if (value.isEmpty()) {
            Optional<String> typed = DidYouMean.nearest(key, values.keySet());
            String path = at.path().isEmpty() ? key : at.path() + "." + key;
            String message =
                    "%s: missing, expected %s%s"
                            .formatted(
                                    path,
                                    expected,
                                    typed.map(t -> "; `" + t + "` is there, is it meant?")
                                            .orElse(""));
            int line = typed.map(t -> key(t).line()).orElse(at.line());
            problems.error(new Problem(path, line, expected, "nothing", Optional.of(key), message));
        }
        return value;
    }

    /**
     * Tells of all keys that have no meaning.
     *
     * @param known the keys that have one
     * @param later those that another version knows; not to be passed over in silence
     */
    void checkKeys(List<String> known, List<String> later) {
        for (String key : values.keySet()) {
            if (known.contains(key)) {
                continue;
            }
            Optional<String> nearest = DidYouMean.nearest(key, known);
            Optional<String> nearestLater =
                    nearest.isPresent() ? Optional.empty() : DidYouMean.nearest(key, later);
            if (nearestLater.isPresent()) {
                problems.error(notYet(key, nearestLater.get(), known));
            } else {
                problems.unknownKey(key(key), key, known, nearest);
            }
        }
    }

    private Problem notYet(String key, String meant, List<String> known) {
        At place = key(key);
        boolean exact = key.equals(meant);
        String message =
                "%s: %s is not known to this version of Treadle; it would have no effect, so take it out"
                        .formatted(
                                place.path(),
                                exact ? "this key" : "`" + meant + "`, if that is meant,");
        return new Problem(
                place.path(),
                place.line(),
                "one of " + String.join(", ", known),
                "`" + key + "`",
                exact ? Optional.empty() : Optional.of(meant),
                message);
    }
}
