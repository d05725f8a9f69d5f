package dev.treadle.bindings.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** Shows where a query's words are. */
record Highlights(IndexSearcher searcher, Schema schema) {
    private static final int CHARACTERS_MAX = 100_000;
    private static final int PARTS_MAX = 3;

    /** For each document of a page, what each field shows. */
    List<Map<String, String>> of(Query text, List<String> fields, ScoreDoc[] page)
            throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        for (int i = 0; i < page.length; i++) {
            all.add(new HashMap<>());
        }
        List<String> shown = fields.stream().filter(this::isThere).distinct().toList();
        if (page.length > 0 && !shown.isEmpty()) {
            Map<String, String[]> parts = show(text, shown, page);
            parts.forEach((name, each) -> add(Kind.field(name), each, all));
        }
        return all;
    }

    private boolean isThere(String field) {
        return schema.indexed(field, "highlighting", Kind.TEXT).isPresent();
    }

    private static void add(String field, String[] shown, List<Map<String, String>> all) {
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] != null) {
                all.get(i).put(field, shown[i]);
            }
        }
    }

    private Map<String, String[]> show(Query text, List<String> shown, ScoreDoc[] page)
            throws IOException {
        UnifiedHighlighter highlighter =
                UnifiedHighlighter.builder(searcher, Words.ANALYZER)
                        .withFormatter(new DefaultPassageFormatter("<em>", "</em>", " … ", true))
                        .withMaxLength(CHARACTERS_MAX)
                        .withMaxNoHighlightPassages(0)
                        .build();
        String[] fields = shown.stream().map(Kind.TEXT::indexed).toArray(String[]::new);
        int[] parts = new int[fields.length];
        Arrays.fill(parts, PARTS_MAX);
        int[] documents = Arrays.stream(page).mapToInt(each -> each.doc).toArray();
        return highlighter.highlightFields(fields, text, documents, parts);
    }
}
