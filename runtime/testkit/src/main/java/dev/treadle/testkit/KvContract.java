package dev.treadle.testkit;

import static dev.treadle.testkit.KvText.bytes;
import static dev.treadle.testkit.KvText.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Kv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every provider of keys and values promises: of counters, many callers and scans here, of
 * single entries in {@link KvEntryContract}.
 */
public abstract class KvContract extends KvEntryContract {
    @Test
    void countersCount() {
        Kv kv = fresh();

        assertThat(kv.add("a", 1)).isEqualTo(1);
        assertThat(kv.add("a", 41)).isEqualTo(42);
        assertThat(kv.add("a", -50)).isEqualTo(-8);
        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("-8");
        assertThat(kv.add("large", Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(kv.add("large", 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCounterHasVersionsToo() {
        Kv kv = fresh();
        kv.add("a", 1);
        long version = kv.get("a").orElseThrow().version();
        kv.add("a", 1);

        assertThat(kv.replace("a", version, bytes("0"))).isEmpty();
        assertThat(kv.replace("a", kv.get("a").orElseThrow().version(), bytes("7"))).isPresent();
        assertThat(kv.add("a", 1)).isEqualTo(8);
    }

    @Test
    void whatIsNoCounterStaysAsItIs() {
        Kv kv = fresh();
        kv.put("text", "many");
        kv.put("zeros", "007");
        kv.put("full", Long.toString(Long.MAX_VALUE));

        assertThatThrownBy(() -> kv.add("text", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the value of 'text' is no whole number");
        assertThatThrownBy(() -> kv.add("zeros", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kv.add("full", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than a long");
        assertThat(kv.get("text").orElseThrow().text()).isEqualTo("many");
        assertThat(kv.get("full").orElseThrow().text()).isEqualTo("" + Long.MAX_VALUE);
    }

    @Test
    void aCounterThatGoesOnKeepsItsTime() {
        Kv kv = freshWithTtl();
        kv.add("a", 1);

        Eventually.holds(() -> kv.add("a", 1) == 1);
    }

    @Test
    void nothingIsLostWhenManyAdd() throws Exception {
        Kv kv = fresh();
        inParallel(8, () -> kv.add("a", 1));

        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("200");
    }

    @Test
    void nothingIsLostWhenManyReplace() throws Exception {
        Kv kv = fresh();
        kv.put("a", "0");
        inParallel(
                4,
                () -> {
                    OptionalLong done = OptionalLong.empty();
                    while (done.isEmpty()) {
                        Kv.Entry before = kv.get("a").orElseThrow();
                        String next = "" + (Long.parseLong(before.text()) + 1);
                        done = kv.replace("a", before.version(), bytes(next));
                    }
                    return done;
                });

        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("100");
    }

    @Test
    void oneOfManyCreates() throws Exception {
        Kv kv = fresh();
        List<OptionalLong> made = inParallel(8, () -> kv.create("a", bytes("v")));

        assertThat(made).filteredOn(OptionalLong::isPresent).hasSize(1);
    }

    @Test
    void aScanFindsWhatBeginsSo() {
        Kv kv = fresh();
        for (String key : List.of("a", "user:1", "user:2", "user", "users", "v", "user:é")) {
            kv.put(key, "v" + key);
        }

        assertThat(keys(kv, "user:")).containsExactlyInAnyOrder("user:1", "user:2", "user:é");
        assertThat(keys(kv, "")).hasSize(7);
        assertThat(keys(kv, "nobody")).isEmpty();
        assertThat(kv.scan("user:1", 10).entries().getFirst().text()).isEqualTo("vuser:1");
    }

    @Test
    void aScanComesInPages() {
        Kv kv = fresh();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            all.add("k%03d".formatted(i));
            kv.put(all.getLast(), "v");
        }
        kv.put("other", "v");

        List<String> found = new ArrayList<>();
        Kv.Page page = kv.scan("k", 40);
        while (true) {
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(40);
            page.entries().forEach(entry -> found.add(entry.key()));
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                break;
            }
            page = kv.scan("k", 40, next.get());
        }
        assertThat(new TreeSet<>(found)).containsExactlyElementsOf(all);
    }

    @Test
    void aScanOfOneAtATimeEnds() {
        Kv kv = fresh();
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            all.add("k" + i);
            kv.put("k" + i, "v");
        }

        Set<String> found = new TreeSet<>();
        Kv.Page page = kv.scan("", 1);
        for (int pages = 1; page.next().isPresent(); pages++) {
            assertThat(pages).isLessThan(1_000);
            page.entries().forEach(entry -> found.add(entry.key()));
            page = kv.scan("", 1, page.next().get());
        }
        page.entries().forEach(entry -> found.add(entry.key()));
        assertThat(found).isEqualTo(all);
    }

    @Test
    void aPageHasItsBounds() {
        Kv kv = fresh();
        for (int limit : List.of(0, -1, Kv.PAGE_MAX + 1)) {
            assertThatThrownBy(() -> kv.scan("", limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 1000 entries");
        }
    }

    @Test
    void otherStoresAreOthers() {
        Kv one = fresh();
        Kv other = fresh();
        one.put("a", "one");

        assertThat(other.get("a")).isEmpty();
        assertThat(keys(other, "")).isEmpty();
    }

    /** Runs 25 times in each of so many threads. */
    private static <T> List<T> inParallel(int threads, Callable<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<T>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> repeated(work)));
            }
            for (Future<List<T>> future : futures) {
                results.addAll(future.get());
            }
        }
        return results;
    }

    private static <T> List<T> repeated(Callable<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            results.add(work.call());
        }
        return results;
    }
}
