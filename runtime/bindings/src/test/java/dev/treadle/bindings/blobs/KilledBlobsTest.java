package dev.treadle.bindings.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Blobs;
import dev.treadle.bindings.KilledWriter;
import dev.treadle.bindings.TestGuard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store said it has kept is there and whole after kill -9. */
class KilledBlobsTest {
    private static final int SAID_BEFORE_THE_END = 300;
    private static final int KEYS = 50;

    /** Each blob is small and large in turns, so that contents move between index and files. */
    private static final int[] SIZES = {1_000, 100_000, 30_000};

    @TempDir Path folder;

    @Test
    void everyPutThatReturnedIsThereAndNoneInParts() throws Exception {
        int last = KilledWriter.killWhileItWrites(Writer.class, folder, SAID_BEFORE_THE_END);

        try (BlobFolder home = new BlobFolder(folder, InstantSource.system())) {
            Blobs blobs = blobs(home);
            for (int i = last - KEYS + 1; i <= last; i++) {
                byte[] there = blobs.get(key(i)).orElseThrow().bytes();
                assertThat(there).as("put " + i).isIn(content(i), content(i + KEYS));
            }
        }
    }

    private static Blobs blobs(BlobFolder home) {
        DirectoryProvider provider = new DirectoryProvider(home);
        return new BoundBlobs(provider.store("a"), TestGuard.of(provider), _ -> {});
    }

    private static String key(int number) {
        return "key-" + number % KEYS;
    }

    private static byte[] content(int number) {
        byte[] content = new byte[SIZES[number % SIZES.length]];
        Arrays.fill(content, (byte) (number / KEYS));
        return content;
    }

    /** Writes without end, and says what is written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            Blobs blobs = blobs(new BlobFolder(Path.of(args[0]), InstantSource.system()));
            for (int i = 0; true; i++) {
                blobs.put(key(i), content(i));
                System.out.println(i);
            }
        }
    }
}
