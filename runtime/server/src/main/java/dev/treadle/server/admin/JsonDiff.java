package dev.treadle.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON documents member by member. The order of members does not count, nor does how a
 * number is written.
 *
 * @param ignored members that are left out: the ends of their paths, e.g. {@code data.at}
 */
record JsonDiff(List<String> ignored) {
    private static final int DIFFERENCES_MAX = 50;

    /** What differs, the first fifty; nothing when the documents are the same. */
    List<ReplayViews.Difference> between(JsonNode before, JsonNode after) {
        List<ReplayViews.Difference> found = new ArrayList<>();
        compare("", "", before, after, found);
        return List.copyOf(found);
    }

    /**
     * @param path with the places in arrays
     * @param members without
     */
    private void compare(
            String path,
            String members,
            JsonNode before,
            JsonNode after,
            List<ReplayViews.Difference> found) {
        if (found.size() == DIFFERENCES_MAX || same(before, after) || isIgnored(members)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                String dot = path.isEmpty() ? "" : ".";
                compare(
                        path + dot + name,
                        members + dot + name,
                        before.path(name),
                        after.path(name),
                        found);
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", members, before.path(i), after.path(i), found);
            }
        } else {
            found.add(new ReplayViews.Difference(path, shown(before), shown(after)));
        }
    }

    private boolean isIgnored(String members) {
        return ignored.stream()
                .anyMatch(each -> members.equals(each) || members.endsWith("." + each));
    }

    /** One and one point zero are the same number. */
    private static boolean same(JsonNode before, JsonNode after) {
        boolean numbers = before.isNumber() && after.isNumber();
        return numbers
                ? before.decimalValue().compareTo(after.decimalValue()) == 0
                : before.equals(after);
    }

    private static Optional<JsonNode> shown(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }
}
