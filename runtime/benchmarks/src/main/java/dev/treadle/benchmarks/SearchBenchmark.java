package dev.treadle.benchmarks;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.SearchLab;
import dev.treadle.testkit.OpenSearchProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a binding of documents costs beside its provider's own means. */
final class SearchBenchmark implements Benchmark {
    private static final int DOCUMENTS = 20_000;
    private static final int WORDS = 30;
    private static final int VOCABULARY = 5_000;
    private static final int LETTERS_LEAST = 3;
    private static final int LETTERS_MORE = 8;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String question() {
        return "documents of a function, beside bare Lucene and the bare OpenSearch client";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        BindingRounds rounds = new BindingRounds(lab);
        lucene(lab, rounds);
        openSearch(lab, rounds);
        return rounds.rows();
    }

    private static void lucene(Lab lab, BindingRounds rounds) throws Exception {
        try (SearchLab ours = SearchLab.embedded(lab.newFolder("search"));
                BareLucene bare = new BareLucene(lab.newFolder("bare-lucene"))) {
            fill(ours.search());
            for (int i = 0; i < DOCUMENTS; i++) {
                bare.put("d" + i, text(i));
            }
            bare.refresh();
            rounds.compare(
                    "search: find by two words, beside bare Lucene",
                    i -> ours.search().find(SearchQuery.of(words(i))),
                    i -> bare.find(words(i)));
            rounds.compare(
                    "search: put of a document, beside bare Lucene",
                    i -> ours.search().put(document(i)),
                    i -> bare.put("d" + i % DOCUMENTS, text(i)));
        }
    }

    private static void openSearch(Lab lab, BindingRounds rounds) throws Exception {
        if (!OpenSearchProcess.isThere()) {
            System.err.println("search: there is no OpenSearch (~/.treadle/opensearch/lib)");
            return;
        }
        try (OpenSearchProcess server = OpenSearchProcess.start(lab.newFolder("opensearch"));
                SearchLab ours =
                        SearchLab.openSearch(lab.newFolder("search-opensearch"), server.url());
                BareOpenSearch bare = new BareOpenSearch(server.url(), "treadle-search-bench")) {
            fill(ours.search());
            rounds.compare(
                    "search: find by two words in OpenSearch, beside its bare client",
                    i -> ours.search().find(SearchQuery.of(words(i))),
                    i -> bare.find(words(i)));
            rounds.compare(
                    "search: put of a document to OpenSearch, beside its bare client",
                    i -> ours.search().put(document(i)),
                    i -> bare.put("d" + i % DOCUMENTS, text(i)));
        }
    }

    private static void fill(Search search) {
        for (int from = 0; from < DOCUMENTS; from += Search.BATCH_MAX) {
            List<SearchDocument> batch = new ArrayList<>();
            for (int i = from; i < from + Search.BATCH_MAX; i++) {
                batch.add(document(i));
            }
            search.put(batch);
        }
        search.find(SearchQuery.all().limit(0).asFresh());
    }

    private static SearchDocument document(long number) {
        return SearchDocument.of("d" + number % DOCUMENTS).text("text", text(number));
    }

    private static String text(long number) {
        SplittableRandom random = new SplittableRandom(number % DOCUMENTS);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            text.append(word(random)).append(' ');
        }
        return text.toString();
    }

    /** Two that some documents have both. */
    private static String words(long number) {
        SplittableRandom random = new SplittableRandom(number % DOCUMENTS);
        return word(random) + " " + word(random);
    }

    /** Frequent ones and rare ones, as different from each other as words are. */
    private static String word(SplittableRandom random) {
        int rank = (int) (VOCABULARY * Math.pow(random.nextDouble(), 3));
        SplittableRandom letters = new SplittableRandom(rank);
        StringBuilder word = new StringBuilder();
        for (int i = LETTERS_LEAST + rank % LETTERS_MORE; i > 0; i--) {
            word.append((char) ('a' + letters.nextInt('z' - 'a' + 1)));
        }
        return word.toString();
    }
}
