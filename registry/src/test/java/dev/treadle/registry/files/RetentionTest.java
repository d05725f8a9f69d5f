package dev.treadle.registry.files;

import static dev.treadle.registry.DeployedFunction.LIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry.Check;
import dev.treadle.registry.Split;
import dev.treadle.registry.contract.Manifests;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final FunctionName HELLO = new FunctionName("hello");
    private static final Duration GRACE = Duration.ofMinutes(15);

    @TempDir Path folder;
    private Instant now = Instant.parse("2099-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void theNewestReleasesStayAndThoseThatAnAliasOrTheWayBackNeeds() {
        try (FileStore store = open(3)) {
            deploy(store, "hello", "1");
            deploy(store, "hello", "2");
            store.registry().setAlias(HELLO, "keep", Split.all(1));
            for (int i = 3; i <= 6; i++) {
                deploy(store, "hello", "" + i);
            }
            assertThat(hello(store).releases().keySet()).containsExactly(1, 4, 5, 6);
            store.registry().setAlias(HELLO, LIVE, Split.all(1));
            deploy(store, "hello", "7");
            deploy(store, "hello", "8");
            deploy(store, "hello", "9");
            assertThat(hello(store).previous()).contains(Split.all(8));
            assertThat(hello(store).releases().keySet()).containsExactly(1, 7, 8, 9);
        }
        try (FileStore store = open(3)) {
            assertThat(hello(store).releases().keySet()).containsExactly(1, 7, 8, 9);
        }
    }

    @Test
    void anArtifactThatNoReleaseUsesGoesAfterTheGrace() {
        try (FileStore store = open(1)) {
            Digest first = deploy(store, "hello", "1");
            deploy(store, "hello", "2");
            deploy(store, "hello", "3");
            assertThat(store.artifacts().has(first)).as("within the grace").isTrue();
            now = now.plus(GRACE).plusSeconds(1);
            deploy(store, "hello", "4");
            assertThat(store.artifacts().has(first)).isFalse();
        }
    }

    @Test
    void anArtifactThatAnotherFunctionUsesStays() {
        try (FileStore store = open(1)) {
            Digest shared = deploy(store, "hello", "shared");
            deploy(store, "other", "shared");
            store.registry().delete(HELLO);
            now = now.plus(GRACE).plusSeconds(1);
            deploy(store, "third", "x");
            assertThat(store.artifacts().has(shared)).isTrue();
            store.registry().delete(new FunctionName("other"));
            now = now.plus(GRACE).plusSeconds(1);
            deploy(store, "third", "y");
            assertThat(store.artifacts().has(shared)).isFalse();
        }
    }

    @Test
    void anUploadThatWasAskedForAgainStaysForItsDeploy() {
        try (FileStore store = open(1)) {
            Digest uploaded = put(store, "uploaded");
            now = now.plus(GRACE);
            assertThat(store.artifacts().has(uploaded)).isTrue();
            now = now.plus(GRACE);
            deploy(store, "other", "x");
            assertThat(store.artifacts().has(uploaded)).isTrue();
        }
    }

    @Test
    void pruningNeverTakesAnArtifactFromADeployUnderWay() throws Exception {
        try (FileStore store =
                        FileStore.open(folder, InstantSource.system(), 1, Duration.ofSeconds(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Digest>> deploys = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = "f" + i % 8;
                String jar = "jar " + i % 5;
                deploys.add(threads.submit(() -> deploy(store, name, jar)));
            }
            for (Future<Digest> deploy : deploys) {
                deploy.get();
            }
            for (DeployedFunction function : store.registry().catalog().functions()) {
                assertThat(store.artifacts().file(function.newest().artifact())).exists();
            }
        }
    }

    private FileStore open(int keptReleases) {
        return FileStore.open(folder, clock, keptReleases, GRACE);
    }

    private static Digest put(FileStore store, String jar) {
        byte[] bytes = jar.getBytes(UTF_8);
        store.artifacts().put(Digest.of(bytes), new ByteArrayInputStream(bytes));
        return Digest.of(bytes);
    }

    private static Digest deploy(FileStore store, String name, String jar) {
        Digest digest = put(store, jar);
        store.registry().deploy(Manifests.named(name), digest, LIVE, Check.NONE);
        return digest;
    }

    private static DeployedFunction hello(FileStore store) {
        return store.registry().catalog().function(HELLO).orElseThrow();
    }
}
