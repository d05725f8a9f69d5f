package dev.treadle.bindings.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.StoreFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers that are interrupted while they write to the disk, but not so much that they wait for it:
 * Lucene counts who waits by an assertion that forgets interrupts.
 */
class InterruptedWritersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITERS = 4;
    private static final int DOCUMENTS = 100;
    private static final int WORDS = 500;

    @TempDir Path folder;

    @Test
    void interruptsCloseNoIndexAndCostNoDocument() throws Exception {
        try (LuceneHome home = new LuceneHome(folder)) {
            SearchStore store = new LuceneProvider(home, 1_000_000, PATIENCE).store("a");
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int first = i * DOCUMENTS;
                writers.add(Thread.ofVirtual().start(() -> write(store, first)));
            }

            while (writers.stream().anyMatch(Thread::isAlive)) {
                writers.forEach(Thread::interrupt);
                writers.getFirst().join(Duration.ofNanos(200_000));
            }

            assertThat(home.trouble()).isEmpty();
            assertThat(store.find(SearchQuery.of("all").limit(0).asFresh()).total())
                    .isEqualTo(WRITERS * DOCUMENTS);
        }
        try (LuceneHome again = new LuceneHome(folder)) {
            SearchStore store = new LuceneProvider(again, 1_000_000, PATIENCE).store("a");
            assertThat(store.find(SearchQuery.of("all").limit(0)).total())
                    .isEqualTo(WRITERS * DOCUMENTS);
        }
    }

    private static void write(SearchStore store, int first) {
        for (int i = first; i < first + DOCUMENTS; i++) {
            SearchDocument document = SearchDocument.of("d-" + i).text("text", "all " + words(i));
            while (!isDone(() -> store.put(List.of(document)))) {
                Thread.onSpinWait();
            }
            boolean _ = isDone(() -> store.find(SearchQuery.of("all").limit(0).asFresh()));
        }
    }

    /** What looks freshly has what is written brought to the disk, by whoever writes. */
    private static boolean isDone(Runnable call) {
        boolean _ = Thread.interrupted();
        try {
            call.run();
            return true;
        } catch (StoreFailure e) {
            assertThat(e.reason()).as(e.detail()).isEqualTo(Reason.UNAVAILABLE);
            return false;
        }
    }

    /** Which no other document has. */
    private static String words(int number) {
        return IntStream.range(0, WORDS)
                .mapToObj(each -> "w" + number + "x" + each)
                .collect(Collectors.joining(" "));
    }
}
