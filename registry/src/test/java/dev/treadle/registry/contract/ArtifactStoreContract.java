package dev.treadle.registry.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.registry.Digest;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.RegistryException.Reason;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an artifact store promises. */
public abstract class ArtifactStoreContract {
    private static final byte[] BYTES = "a jar".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(BYTES);

    /** Opens the store; each test has one of its own, and opens it again after closing it. */
    protected abstract StoreUnderTest open();

    @Test
    void whatWasPutIsThere() throws Exception {
        try (StoreUnderTest store = open()) {
            assertThat(store.artifacts().has(DIGEST)).isFalse();
            store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
            assertThat(store.artifacts().has(DIGEST)).isTrue();
            assertThat(store.artifacts().file(DIGEST)).hasBinaryContent(BYTES);
        }
    }

    @Test
    void whatWasPutIsThereAfterReopening() {
        try (StoreUnderTest store = open()) {
            store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
        }
        try (StoreUnderTest store = open()) {
            assertThat(store.artifacts().has(DIGEST)).isTrue();
            assertThat(store.artifacts().file(DIGEST)).hasBinaryContent(BYTES);
        }
    }

    @Test
    void anArtifactOfManyMegabytesComesThroughWhole() throws Exception {
        byte[] large = new byte[5_000_001];
        new Random(7).nextBytes(large);
        try (StoreUnderTest store = open()) {
            store.artifacts().put(Digest.of(large), new ByteArrayInputStream(large));
            assertThat(Files.readAllBytes(store.artifacts().file(Digest.of(large))))
                    .isEqualTo(large);
        }
    }

    @Test
    void bytesThatHashToSomethingElseAreNotKept() {
        byte[] other = "another jar".getBytes(UTF_8);
        try (StoreUnderTest store = open()) {
            assertReason(
                    Reason.DIGEST_MISMATCH,
                    () -> store.artifacts().put(DIGEST, new ByteArrayInputStream(other)));
            assertThat(store.artifacts().has(DIGEST)).isFalse();
            assertThat(store.artifacts().has(Digest.of(other))).isFalse();
        }
    }

    @Test
    void wrongBytesAreRefusedAlsoWhenTheArtifactIsThereAlready() {
        try (StoreUnderTest store = open()) {
            store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
            assertReason(
                    Reason.DIGEST_MISMATCH,
                    () -> store.artifacts().put(DIGEST, new ByteArrayInputStream(new byte[3])));
            assertThat(store.artifacts().file(DIGEST)).hasBinaryContent(BYTES);
        }
    }

    @Test
    void puttingAgainChangesNothing() {
        try (StoreUnderTest store = open()) {
            store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
            store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
            assertThat(store.artifacts().file(DIGEST)).hasBinaryContent(BYTES);
        }
    }

    @Test
    void aStreamThatFailsHalfwayLeavesNothing() {
        try (StoreUnderTest store = open()) {
            InputStream half =
                    new SequenceInputStream(new ByteArrayInputStream(BYTES), new CutLine());
            assertThatThrownBy(() -> store.artifacts().put(DIGEST, half))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the line is cut");
            assertThat(store.artifacts().has(DIGEST)).isFalse();
        }
    }

    @Test
    void theStreamIsReadToItsEndAndNotClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream =
                new FilterInputStream(new ByteArrayInputStream(BYTES)) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
        try (StoreUnderTest store = open()) {
            store.artifacts().put(DIGEST, stream);
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(closed).isFalse();
        }
    }

    @Test
    void anArtifactThatIsNotThereIsNamed() {
        try (StoreUnderTest store = open()) {
            assertReason(Reason.UNKNOWN_ARTIFACT, () -> store.artifacts().file(DIGEST));
            assertThatThrownBy(() -> store.artifacts().file(DIGEST))
                    .hasMessageContaining(DIGEST.hex());
        }
    }

    @Test
    void manyMayPutTheSameAtOnce() throws Exception {
        try (StoreUnderTest store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                puts.add(
                        threads.submit(
                                () -> {
                                    store.artifacts().put(DIGEST, new ByteArrayInputStream(BYTES));
                                    assertThat(store.artifacts().file(DIGEST))
                                            .hasBinaryContent(BYTES);
                                }));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
    }

    private static final class CutLine extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line is cut");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }

    private static void assertReason(Reason reason, Runnable action) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(action::run)
                .extracting(RegistryException::reason)
                .isEqualTo(reason);
    }
}
