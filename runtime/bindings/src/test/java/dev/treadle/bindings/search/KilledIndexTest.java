package dev.treadle.bindings.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After kill -9 in the middle of writing, an index is whole, less what was written last. */
class KilledIndexTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void whatIsThereIsWholeAndHasNoGaps() throws Exception {
        int committed = killAfterACommit(folder);

        try (LuceneHome home = new LuceneHome(folder)) {
            SearchStore store = store(home);
            int total = (int) store.find(SearchQuery.of("words").limit(0)).total();
            assertThat(total).isGreaterThan(committed);
            for (int i = 0; i < total; i++) {
                assertThat(store.get("d-" + i)).as("d-" + i).isPresent();
            }
            store.put(List.of(SearchDocument.of("later").text("text", "words")));
            assertThat(store.find(SearchQuery.of("words").asFresh()).total()).isEqualTo(total + 1);
        }
    }

    /** The last document before a commit that was seen. */
    private static int killAfterACommit(Path folder) throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Writer.class.getName(),
                                        folder.toString()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int first = -1;
        try (BufferedReader said =
                new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && (first < 0 || !isCommitted(folder))) {
                first = first < 0 ? Integer.parseInt(line) : first;
                line = said.readLine();
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        assertThat(first).as("the writer was killed while it wrote").isNotNegative();
        return first;
    }

    private static boolean isCommitted(Path folder) {
        String[] files =
                folder.resolve("a").toFile().list((_, name) -> name.startsWith("segments_"));
        return files != null && files.length > 0;
    }

    private static SearchStore store(LuceneHome home) {
        return new LuceneProvider(home, 1_000_000, PATIENCE).store("a");
    }

    /** Writes without end, and says what is written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            SearchStore store = store(new LuceneHome(Path.of(args[0])));
            for (int i = 0; true; i++) {
                store.put(List.of(SearchDocument.of("d-" + i).text("text", "some words " + i)));
                System.out.println(i);
            }
        }
    }
}
