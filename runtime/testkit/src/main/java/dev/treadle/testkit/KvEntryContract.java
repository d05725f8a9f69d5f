package dev.treadle.testkit;

import static dev.treadle.testkit.KvText.bytes;
import static dev.treadle.testkit.KvText.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Kv;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What holds for an entry: the part of {@link KvContract} about values, versions and their end. */
abstract class KvEntryContract {
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
    void aTtlOfNothingIsRefused() {
        Kv kv = fresh();
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1))) {
            assertThatThrownBy(() -> kv.put("a", bytes("v"), ttl))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(kv.get("a")).isEmpty();
    }

    private static byte[] value(Kv kv, String key) {
        return kv.get(key).orElseThrow().value();
    }
}
