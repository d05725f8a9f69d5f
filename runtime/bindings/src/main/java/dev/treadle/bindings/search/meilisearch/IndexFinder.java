package dev.treadle.bindings.search.meilisearch;

import com.meilisearch.sdk.SearchRequest;
import com.meilisearch.sdk.model.MatchingStrategy;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.search.AskedWords;
import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks into an index. */
record IndexFinder(MeilisearchHome home, String name, Schema fields) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The server looks at no more words, without a word. */
    private static final int WORDS_MAX = 10;

    /** Words of a highlight. */
    private static final int CROPPED = 40;

    SearchResults find(SearchQuery asked) {
        if (asked.near().isPresent()) {
            throw new UnsupportedOperationException(
                    "a meilisearch compares no vectors here: take a store on lucene or opensearch, or a vectors binding");
        }
        FoundReader reader = new FoundReader(facets(asked.shown()), asked.shown());
        Optional<SearchRequest.SearchRequestBuilder> request = request(asked);
        if (request.isEmpty()) {
            return reader.nothing();
        }
        int size = Math.max(1, asked.shown().limit());
        int page = asked.shown().offset() / size;
        List<JsonNode> pages = new ArrayList<>();
        pages.add(page(request.get(), size, page));
        if (asked.shown().offset() % size > 0) {
            pages.add(page(request.get(), size, page + 1));
        }
        return reader.read(pages, asked.shown().offset() % size);
    }

    /** Pages of a size have an exact total; an offset alone has an estimate. */
    private JsonNode page(SearchRequest.SearchRequestBuilder request, int size, int number) {
        SearchRequest page = request.hitsPerPage(size).page(number + 1).build();
        String found = home.call(client -> client.index(name).rawSearch(page));
        return JSON.readTree(found);
    }

    /** Empty when no document can be found. */
    private Optional<SearchRequest.SearchRequestBuilder> request(SearchQuery asked) {
        SearchRequest.SearchRequestBuilder request =
                SearchRequest.builder()
                        .q("")
                        .matchingStrategy(MatchingStrategy.ALL)
                        .showRankingScore(true)
                        .filter(new String[] {new FilterText(fields).of(asked.filter())})
                        .sort(orders(asked.order()))
                        .facets(
                                facets(asked.shown()).stream()
                                        .map(Facet::path)
                                        .toArray(String[]::new));
        String[] highlights = highlights(asked.shown().highlights());
        if (highlights.length > 0) {
            request.attributesToHighlight(highlights)
                    .attributesToCrop(highlights)
                    .cropLength(CROPPED)
                    .highlightPreTag(FoundReader.BEGIN)
                    .highlightPostTag(FoundReader.END);
        }
        if (asked.words().text().isBlank()) {
            return Optional.of(request);
        }
        AskedWords words = AskedWords.of(asked.words(), fields);
        if (words.areNowhere()) {
            return Optional.empty();
        }
        return Optional.of(
                request.q(text(words.words(), asked.words().exact()))
                        .attributesToSearchOn(
                                words.fields().keySet().stream()
                                        .map(field -> KeptDocument.path(Kind.TEXT, field))
                                        .toArray(String[]::new)));
    }

    /** A word in quotes has no typos. */
    private static String text(List<String> words, boolean exact) {
        if (words.size() > WORDS_MAX) {
            throw new IllegalArgumentException(
                    "a meilisearch looks for at most %d words, this text has %d"
                            .formatted(WORDS_MAX, words.size()));
        }
        String quote = exact ? "\"" : "";
        return words.stream().map(word -> quote + word + quote).collect(Collectors.joining(" "));
    }

    private String[] orders(List<SearchQuery.Order> asked) {
        return asked.stream()
                .filter(
                        order ->
                                fields.indexed(
                                                order.field(),
                                                "sorting",
                                                Kind.KEYWORDS,
                                                Kind.NUMBER,
                                                Kind.TIME,
                                                Kind.FLAG)
                                        .isPresent())
                .map(
                        order ->
                                KeptDocument.path(
                                                fields.kind(order.field()).orElseThrow(),
                                                order.field())
                                        + (order.descending() ? ":desc" : ":asc"))
                .toArray(String[]::new);
    }

    /** A field whose values are counted, and where it stands. */
    record Facet(String field, Kind kind) {
        String path() {
            return KeptDocument.path(kind, field);
        }
    }

    private List<Facet> facets(SearchQuery.Shown shown) {
        return shown.facets().keySet().stream()
                .filter(
                        field ->
                                fields.indexed(field, "a facet", Kind.KEYWORDS, Kind.FLAG)
                                        .isPresent())
                .map(field -> new Facet(field, fields.kind(field).orElseThrow()))
                .toList();
    }

    private String[] highlights(List<String> asked) {
        return asked.stream()
                .filter(field -> fields.indexed(field, "highlighting", Kind.TEXT).isPresent())
                .map(field -> KeptDocument.path(Kind.TEXT, field))
                .toArray(String[]::new);
    }
}
