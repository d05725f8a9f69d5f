package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Kv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** What every provider of keys and values promises. */
public abstract class KvContract {
    /** How long keys live that are to end. */
    private static final Duration SHORT = Duration.ofMillis(80);

    /** A store that nobody has written to. */
    protected abstract Kv fresh();

    /** One whose puts live {@link #bindingTtl} when the call does not say. */
    protected abstract Kv freshWithTtl();

    /** Of {@link #freshWithTtl}. */
    protected final Duration bindingTtl() {
        return SHORT;
    }

    @Test
    void whatIsPutIsThere() {
        Kv kv = fresh();
        long version = kv.put("a", "one");

        Kv.Entry entry = kv.get("a").orElseThrow();
        assertThat(entry.key()).isEqualTo("a");
        assertThat(entry.text()).isEqualTo("one");
        assertThat(entry.version()).isEqualTo(version).isNotZero();
        assertThat(kv.get("b")).isEmpty();
    }

    @Test
    void everyPutGivesAnotherVersion() {
        Kv kv = fresh();
        long first = kv.put("a", "one");
        long second = kv.put("a", "one");

        assertThat(second).isNotEqualTo(first);
        assertThat(kv.get("a").orElseThrow().version()).isEqualTo(second);
    }

    @Test
    void bytesOfEveryKindComeBack() {
        Kv kv = fresh();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        kv.put("all", all);
        kv.put("none", new byte[0]);
        byte[] large = new byte[Kv.VALUE_BYTES_MAX];
        large[large.length - 1] = 7;
        kv.put("large", large);

        assertThat(value(kv, "all")).isEqualTo(all);
        assertThat(value(kv, "none")).isEmpty();
        assertThat(value(kv, "large")).isEqualTo(large);
    }

    @Test
    void aValueIsTheCallersOwn() {
        Kv kv = fresh();
        byte[] value = {1};
        kv.put("a", value);
        value[0] = 2;
        value(kv, "a")[0] = 3;

        assertThat(value(kv, "a")).containsExactly(1);
    }

    @Test
    void keysMayBeAnyText() {
        Kv kv = fresh();
        List<String> keys =
                List.of(
                        " ",
                        "a b",
                        "a*b?[c]",
                        "a.b>c",
                        "{tag}x",
                        "\u0000\n\u007f",
                        "é😀",
                        "a/b",
                        "x".repeat(Kv.KEY_BYTES_MAX),
                        "ä".repeat(Kv.KEY_BYTES_MAX / 2));
        keys.forEach(key -> kv.put(key, key));

        for (String key : keys) {
            assertThat(kv.get(key).orElseThrow().text()).isEqualTo(key);
        }
        assertThat(keys(kv, "")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void whatCannotBeAKeyIsRefused() {
        Kv kv = fresh();
        for (String key : List.of("", "x".repeat(Kv.KEY_BYTES_MAX + 1), "ä".repeat(513))) {
            assertThatThrownBy(() -> kv.put(key, "v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 1024 bytes");
            assertThatThrownBy(() -> kv.get(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsTooLargeIsRefused() {
        Kv kv = fresh();
        assertThatThrownBy(() -> kv.put("a", new byte[Kv.VALUE_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + Kv.VALUE_BYTES_MAX);
        assertThat(kv.get("a")).isEmpty();
    }

    @Test
    void createTakesPlaceOnce() {
        Kv kv = fresh();
        OptionalLong first = kv.create("a", bytes("one"));

        assertThat(kv.create("a", bytes("two"))).isEmpty();
        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("one");
        assertThat(first).hasValue(kv.get("a").orElseThrow().version());
    }

    @Test
    void replaceTakesPlaceOnWhatWasRead() {
        Kv kv = fresh();
        long first = kv.put("a", "one");
        OptionalLong second = kv.replace("a", first, bytes("two"));

        assertThat(second).isPresent();
        assertThat(kv.replace("a", first, bytes("three"))).isEmpty();
        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("two");
        assertThat(kv.get("a").orElseThrow().version()).isEqualTo(second.getAsLong());
        assertThat(kv.replace("b", first, bytes("x"))).isEmpty();
    }

    @Test
    void aKeyThatWasDeletedAndMadeAnewIsNotWhatWasRead() {
        Kv kv = fresh();
        long first = kv.put("a", "one");
        kv.delete("a");
        kv.put("a", "one");

        assertThat(kv.replace("a", first, bytes("two"))).isEmpty();
        assertThat(kv.delete("a", first)).isFalse();
    }

    @Test
    void deleteSaysWhetherSomethingWasThere() {
        Kv kv = fresh();
        kv.put("a", "one");

        assertThat(kv.delete("a")).isTrue();
        assertThat(kv.delete("a")).isFalse();
        assertThat(kv.get("a")).isEmpty();
        assertThat(kv.create("a", bytes("again"))).isPresent();
    }

    @Test
    void deleteOfAVersionTakesPlaceOnWhatWasRead() {
        Kv kv = fresh();
        long first = kv.put("a", "one");
        long second = kv.put("a", "two");

        assertThat(kv.delete("a", first)).isFalse();
        assertThat(kv.delete("a", second)).isTrue();
        assertThat(kv.get("a")).isEmpty();
    }

    @Test
    void whatHasATtlEnds() {
        Kv kv = fresh();
        kv.put("put", bytes("v"), SHORT);
        kv.create("create", bytes("v"), SHORT);
        long version = kv.put("replace", "v");
        kv.replace("replace", version, bytes("w"), SHORT);
        kv.put("stays", "v");

        for (String key : List.of("put", "create", "replace")) {
            Eventually.holds(() -> kv.get(key).isEmpty());
        }
        assertThat(keys(kv, "")).containsExactly("stays");
        assertThat(kv.create("put", bytes("again"))).isPresent();
        assertThat(kv.delete("create")).isFalse();
    }

    @Test
    void aPutWithoutATtlTakesItAway() {
        Kv kv = fresh();
        kv.put("a", bytes("v"), SHORT);
        kv.put("a", "w");
        kv.put("clock", bytes("v"), SHORT.multipliedBy(3));

        Eventually.holds(() -> kv.get("clock").isEmpty());
        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("w");
    }

    @Test
    void theBindingsTtlHoldsWhereTheCallSaysNone() {
        Kv kv = freshWithTtl();
        kv.put("a", "v");
        kv.create("b", bytes("v"));
        kv.add("c", 1);
        kv.put("long", bytes("v"), Duration.ofHours(1));

        for (String key : List.of("a", "b", "c")) {
            Eventually.holds(() -> kv.get(key).isEmpty());
        }
        assertThat(kv.get("long")).isPresent();
    }

    @Test
    void aCounterThatGoesOnKeepsItsTime() {
        Kv kv = freshWithTtl();
        kv.add("a", 1);

        Eventually.holds(() -> kv.add("a", 1) == 1);
    }

    @Test
    void aTtlOfNothingIsRefused() {
        Kv kv = fresh();
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1))) {
            assertThatThrownBy(() -> kv.put("a", bytes("v"), ttl))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(kv.get("a")).isEmpty();
    }

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

    private static List<String> keys(Kv kv, String prefix) {
        List<String> keys = new ArrayList<>();
        Kv.Page page = kv.scan(prefix, 1000);
        while (true) {
            page.entries().forEach(entry -> keys.add(entry.key()));
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return keys.stream().distinct().toList();
            }
            page = kv.scan(prefix, 1000, next.get());
        }
    }

    private static byte[] value(Kv kv, String key) {
        return kv.get(key).orElseThrow().value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
