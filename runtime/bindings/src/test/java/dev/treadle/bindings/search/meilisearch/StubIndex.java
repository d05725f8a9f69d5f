package dev.treadle.bindings.search.meilisearch;

import dev.treadle.bindings.search.meilisearch.MeilisearchStub.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One index of the stub. */
final class StubIndex {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String primaryKey;
    private final TreeMap<String, ObjectNode> documents = new TreeMap<>();
    private final ObjectNode settings = JSON.createObjectNode();

    StubIndex(String primaryKey) {
        this.primaryKey = primaryKey;
    }

    void settings(JsonNode changes) {
        changes.forEachEntry(settings::set);
    }

    void put(JsonNode all) {
        for (JsonNode each : all) {
            String key = each.path(primaryKey).asString("");
            if (!key.matches("[a-zA-Z0-9_-]{1,511}")) {
                throw new Refused(400, "invalid_document_id");
            }
            documents.put(key, (ObjectNode) each);
        }
    }

    void delete(JsonNode keys) {
        keys.forEach(key -> documents.remove(key.asString()));
    }

    JsonNode get(String key) {
        ObjectNode found = documents.get(key);
        if (found == null) {
            throw new Refused(404, "document_not_found");
        }
        return found;
    }

    JsonNode search(JsonNode asked) {
        StubWords words = new StubWords(asked, settings);
        asked.path("attributesToSearchOn")
                .forEach(each -> require(each.asString(), "searchableAttributes", "search"));
        asked.path("facets")
                .forEach(each -> require(each.asString(), "filterableAttributes", "facets"));
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode document : documents.values()) {
            if (passes(document, asked.path("filter")) && words.score(document) > 0) {
                found.add(document);
            }
        }
        found.sort(order(asked.path("sort"), words));
        ObjectNode answer = JSON.createObjectNode();
        int size = asked.path("hitsPerPage").asInt();
        int page = asked.path("page").asInt();
        ArrayNode hits = answer.putArray("hits");
        found.stream()
                .skip((long) size * (page - 1))
                .limit(size)
                .forEach(each -> hits.add(words.hit(each)));
        answer.put("totalHits", found.size()).put("page", page).put("hitsPerPage", size);
        answer.set("facetDistribution", facets(asked.path("facets"), found));
        return answer;
    }

    private boolean passes(JsonNode document, JsonNode filter) {
        for (JsonNode each : filter) {
            StubFilter parsed =
                    new StubFilter(
                            each.asString(),
                            document,
                            attribute -> require(attribute, "filterableAttributes", "filter"));
            if (!parsed.passes()) {
                return false;
            }
        }
        return true;
    }

    private Comparator<ObjectNode> order(JsonNode sort, StubWords words) {
        Comparator<ObjectNode> order = (_, _) -> 0;
        for (JsonNode each : sort) {
            String[] parts = each.asString().split(":", 2);
            require(parts[0], "sortableAttributes", "sort");
            Comparator<ObjectNode> missing =
                    Comparator.comparing(document -> values(document, parts[0]).isEmpty());
            Comparator<ObjectNode> next =
                    Comparator.comparing(document -> least(document, parts[0]));
            order =
                    order.thenComparing(missing)
                            .thenComparing(parts[1].equals("desc") ? next.reversed() : next);
        }
        return order.thenComparing(Comparator.comparingDouble(words::score).reversed())
                .thenComparing(document -> document.path("id").asString(""));
    }

    private static String least(JsonNode document, String attribute) {
        return values(document, attribute).stream()
                .map(
                        value ->
                                value.isNumber()
                                        ? "%030.6f".formatted(value.asDouble() + 1e15)
                                        : value.asString())
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    private static ObjectNode facets(JsonNode asked, List<ObjectNode> found) {
        ObjectNode facets = JSON.createObjectNode();
        for (JsonNode attribute : asked) {
            TreeMap<String, Integer> counts = new TreeMap<>();
            for (ObjectNode document : found) {
                values(document, attribute.asString()).stream()
                        .map(JsonNode::asString)
                        .distinct()
                        .forEach(value -> counts.merge(value, 1, Integer::sum));
            }
            ObjectNode facet = facets.putObject(attribute.asString());
            counts.forEach((value, count) -> facet.put(value, count.intValue()));
        }
        return facets;
    }

    /** All that stands under a path, an array's items each. */
    static List<JsonNode> values(JsonNode document, String path) {
        JsonNode at = document;
        for (String step : path.split("\\.", -1)) {
            at = at.path(step);
        }
        return at.isMissingNode()
                ? List.of()
                : at.isArray() ? at.valueStream().toList() : List.of(at);
    }

    /** An attribute is covered by its own name or by the object that it is in. */
    private void require(String path, String setting, String what) {
        for (JsonNode each : settings.path(setting)) {
            if (path.equals(each.asString()) || path.startsWith(each.asString() + ".")) {
                return;
            }
        }
        throw new Refused(400, "invalid_" + what + ": " + path);
    }
}
