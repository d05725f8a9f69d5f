package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.KilledWriter;
import dev.treadle.bindings.rocks.RocksHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store said it has kept is there after kill -9, in the middle of writing. */
class KilledKvTest {
    private static final int SAID_BEFORE_THE_END = 2_000;

    @TempDir Path folder;

    @Test
    void everyPutThatReturnedIsThere() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path path = folder.resolve("kv-" + round);
            int last = KilledWriter.killWhileItWrites(Writer.class, path, SAID_BEFORE_THE_END);

            try (RocksHome home = new RocksHome(path, InstantSource.system())) {
                KvStore store = store(home);
                for (int i = 0; i <= last; i++) {
                    assertThat(store.get("key-" + i)).as("key-" + i).isPresent();
                }
                assertThat(store.add("count", 0, Optional.empty()))
                        .isGreaterThanOrEqualTo(last + 1);
            }
        }
    }

    private static KvStore store(RocksHome home) {
        return new RocksKvProvider(
                        home, false, new SplittableRandom(1)::nextLong, InstantSource.system())
                .store("a");
    }

    /** Writes without end, and says what is written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            RocksHome home = new RocksHome(Path.of(args[0]), InstantSource.system());
            KvStore store = store(home);
            for (int i = 0; true; i++) {
                store.put("key-" + i, new byte[100], Optional.empty());
                store.add("count", 1, Optional.empty());
                System.out.println(i);
            }
        }
    }
}
