package dev.treadle.testing;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words that a query of a {@link MemorySearch} looks for.
 *
 * @param words empty when all documents are looked for
 * @param fields to look in, and how much each counts
 * @param highlights fields that are shown
 * @param none whether nothing can be found
 */
record MemoryWords(
        List<String> words,
        Map<String, Double> fields,
        List<String> highlights,
        boolean exact,
        boolean none) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+(['’][\\p{L}]+)*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;

    /**
     * @param texts all fields with text
     */
    static MemoryWords of(SearchQuery query, List<String> texts) {
        SearchQuery.Words asked = query.words();
        Map<String, Double> fields = new HashMap<>(asked.in());
        if (fields.isEmpty()) {
            texts.forEach(field -> fields.put(field, 1.0));
        }
        List<String> words =
                WORD.matcher(asked.text())
                        .results()
                        .map(MatchResult::group)
                        .map(MemoryWords::plain)
                        .toList();
        if (words.size() > SearchQuery.WORDS_MAX) {
            throw new IllegalArgumentException(
                    "the text has at most %d words, this one %d"
                            .formatted(SearchQuery.WORDS_MAX, words.size()));
        }
        boolean none = words.isEmpty() && !asked.text().isBlank();
        return new MemoryWords(words, fields, query.shown().highlights(), asked.exact(), none);
    }

    /** How well a document fits; zero when it does not. */
    double score(SearchDocument document) {
        if (none) {
            return 0;
        }
        double sum = words.isEmpty() ? 1 : 0;
        for (String word : words) {
            double best = 0;
            for (Map.Entry<String, Double> field : fields.entrySet()) {
                best = Math.max(best, field.getValue() * fit(word, document, field.getKey()));
            }
            if (best == 0) {
                return 0;
            }
            sum += best;
        }
        return sum;
    }

    private double fit(String word, SearchDocument document, String field) {
        double best = 0;
        for (String found : words(document.text(field).orElse(""))) {
            best = Math.max(best, fit(word, found));
        }
        return best;
    }

    private double fit(String wanted, String found) {
        if (wanted.equals(found)) {
            return 2;
        }
        return exact || !isLike(wanted, found) ? 0 : 1;
    }

    private static boolean isLike(String wanted, String found) {
        int[] a = wanted.codePoints().toArray();
        int[] b = found.codePoints().toArray();
        if (a.length < ONE_TYPO_FROM || b.length == 0 || a[0] != b[0]) {
            return false;
        }
        return distance(a, b) <= (a.length < TWO_TYPOS_FROM ? 1 : 2);
    }

    /** How many letters are too much, too few, others or changed about. */
    private static int distance(int[] a, int[] b) {
        int[][] far = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            for (int j = 0; j <= b.length; j++) {
                if (i == 0 || j == 0) {
                    far[i][j] = i + j;
                    continue;
                }
                int other = far[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                far[i][j] = Math.min(other, 1 + Math.min(far[i - 1][j], far[i][j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    far[i][j] = Math.min(far[i][j], far[i - 2][j - 2] + 1);
                }
            }
        }
        return far[a.length][b.length];
    }

    /** The fields that show a word. */
    Map<String, String> highlights(SearchDocument document) {
        Map<String, String> shown = new HashMap<>();
        for (String field : highlights) {
            if (fields.containsKey(field)) {
                document.text(field).flatMap(this::shown).ifPresent(text -> shown.put(field, text));
            }
        }
        return shown;
    }

    private Optional<String> shown(String text) {
        StringBuilder html = new StringBuilder();
        int last = 0;
        boolean any = false;
        for (MatchResult word : WORD.matcher(text).results().toList()) {
            boolean is = words.stream().anyMatch(each -> fit(each, plain(word.group())) > 0);
            html.append(escaped(text.substring(last, word.start())));
            html.append(is ? "<em>%s</em>".formatted(escaped(word.group())) : word.group());
            last = word.end();
            any |= is;
        }
        html.append(escaped(text.substring(last)));
        return any ? Optional.of(html.toString()) : Optional.empty();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#x27;");
    }

    /** The words of a text, in their order. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        WORD.matcher(text).results().forEach(word -> words.add(plain(word.group())));
        return words;
    }

    /** Without case and accents. */
    private static String plain(String word) {
        String apart = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        return MARKS.matcher(apart).replaceAll("");
    }
}
