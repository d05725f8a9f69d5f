package dev.treadle.bindings.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.vectors.BoundVectors;
import dev.treadle.bindings.vectors.VectorOverlay;
import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorShape;
import dev.treadle.bindings.vectors.VectorStore;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.LocalhostCertificate;
import dev.treadle.testkit.TestCall;
import dev.treadle.testkit.VectorsContract;
import dev.treadle.testkit.qdrant.QdrantServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for the server: see {@link QdrantServer}. */
class QdrantVectorsTest extends VectorsContract {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final VectorShape PLANE = new VectorShape(2, Distance.COSINE);

    private QdrantServer server;
    private VectorProvider provider;
    private int stores;

    @BeforeEach
    void start() throws Exception {
        server = new QdrantServer();
        provider = provider(server, Optional.empty());
    }

    @AfterEach
    void stop() {
        provider.close();
        server.close();
    }

    private static VectorProvider provider(QdrantServer server, Optional<String> apiKey) {
        return new QdrantProvider(
                new QdrantSettings("127.0.0.1", server.port(), false, Optional.empty(), apiKey, 1),
                Duration.ofSeconds(30));
    }

    @Override
    protected Vectors fresh(int dimensions, Measure measure) {
        VectorShape shape = new VectorShape(dimensions, Distance.valueOf(measure.name()));
        return bound(provider, "s-" + stores++, shape);
    }

    private static Vectors bound(VectorProvider provider, String store, VectorShape shape) {
        return new BoundVectors(provider.store(store, shape), shape, TestGuard.of(provider));
    }

    @Test
    void nodesThatNameTheSameServerShareStoresAndTheirFields() {
        Vectors one = bound(provider, "a", PLANE);
        Vectors idle = bound(provider, "a", PLANE);
        assertThat(idle.find(VectorQuery.near(1, 0))).isEmpty();
        one.put(VectorPoint.of("1", 1, 2).number("price", 1));

        try (VectorProvider second = provider(server, Optional.empty())) {
            Vectors other = bound(second, "a", PLANE);
            assertThat(other.find(VectorQuery.near(1, 2))).hasSize(1);
            assertThatThrownBy(() -> other.put(VectorPoint.of("2", 1, 2).keywords("price", "dear")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the field 'price' holds numbers");
        }
        one.put(VectorPoint.of("2", 1, 2).flag("sold", true));
        assertThatThrownBy(() -> idle.put(VectorPoint.of("3", 1, 2).keywords("sold", "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field 'sold' holds flags");
    }

    @Test
    void aStoreKeepsTheShapeThatItWasBegunWith() {
        bound(provider, "a", PLANE).put(VectorPoint.of("1", 1, 2));

        VectorShape wider = new VectorShape(3, Distance.COSINE);
        assertThatThrownBy(() -> bound(provider, "a", wider).put(VectorPoint.of("2", 1, 2, 3)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining(
                        "the store holds vectors of 2 dimensions by cosine, and the manifest says 3 dimensions by cosine");
        VectorShape other = new VectorShape(2, Distance.EUCLIDEAN);
        assertThatThrownBy(() -> bound(provider, "a", other).find(VectorQuery.near(1, 2)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("the manifest says 2 dimensions by euclidean");
    }

    @Test
    void aCollectionThatSomebodyDeletedIsMadeAnew() {
        Vectors vectors = bound(provider, "a", PLANE);
        vectors.put(VectorPoint.of("1", 1, 2));
        server.drop("treadle-a");

        assertThatThrownBy(() -> vectors.find(VectorQuery.near(1, 2)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("NOT_FOUND");
        assertThat(vectors.find(VectorQuery.near(1, 2))).isEmpty();
        vectors.put(VectorPoint.of("1", 1, 2));
        assertThat(vectors.find(VectorQuery.near(1, 2))).hasSize(1);
    }

    @Test
    void aCallSaysToWhichTraceItBelongs() {
        assertThat(provider.trouble()).isEmpty();
        assertThat(server.traces()).isEmpty();
        bound(provider, "a", PLANE).find(VectorQuery.near(1, 2));
        assertThat(server.traces()).containsExactly(TestCall.PATIENT.traceparent());
    }

    @Test
    void manyLargePointsGoInSeveralMessages() {
        Vectors vectors = bound(provider, "a", PLANE);
        String text = "word ".repeat(200_000);
        List<VectorPoint> points = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            points.add(VectorPoint.of("p" + i, 1, i + 1).text("text", text));
        }
        vectors.put(points);

        assertThat(vectors.find(VectorQuery.near(1, 1))).hasSize(9);
        assertThat(vectors.get("p8").orElseThrow().text("text")).contains(text);
    }

    @Test
    void anInfiniteNumberIsRefused() {
        Vectors vectors = bound(provider, "a", PLANE);

        assertThatThrownBy(
                        () ->
                                vectors.put(
                                        VectorPoint.of("1", 1, 2)
                                                .number("n", Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field 'n' is Infinity; this store keeps finite numbers");
    }

    @Test
    void aDryRunSeesItsOwnWritesAndNobodyElseDoes() {
        VectorStore real = provider.store("a", PLANE);
        real.put(
                List.of(
                        VectorPoint.of("1", 1, 0).text("title", "maps"),
                        VectorPoint.of("2", 0, 1).keywords("tags", "old"),
                        VectorPoint.of("3", 1, 1).text("title", "maps")));
        VectorOverlay overlay = VectorOverlay.over(real, PLANE);
        Vectors dry = new BoundVectors(overlay, PLANE, TestGuard.of(provider));

        dry.put(VectorPoint.of("1", 0, 1).text("title", "charts"));
        dry.put(VectorPoint.of("4", 1, 0.1f));
        dry.delete(SearchFilter.is("tags", "old"));

        assertThat(ids(dry, VectorQuery.near(1, 0))).containsExactly("4", "3", "1");
        assertThat(ids(dry, VectorQuery.near(1, 0).text("charts"))).startsWith("1");
        assertThat(dry.get("2")).isEmpty();
        assertThat(ids(bound(provider, "a", PLANE), VectorQuery.near(1, 0)))
                .containsExactly("1", "3", "2");
    }

    @Test
    void aWrongKeyIsSaid() throws Exception {
        try (QdrantServer locked =
                        new QdrantServer(InsecureServerCredentials.create(), Optional.of("right"));
                VectorProvider wrong = provider(locked, Optional.of("wrong"));
                VectorProvider right = provider(locked, Optional.of("right"))) {
            assertThatThrownBy(() -> bound(wrong, "a", PLANE).get("1"))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5005")
                    .hasMessageContaining("UNAUTHENTICATED: Must provide an API key");
            assertThat(wrong.trouble().orElseThrow()).contains("UNAUTHENTICATED");
            bound(right, "a", PLANE).put(VectorPoint.of("1", 1, 2));
            assertThat(right.trouble()).isEmpty();
            assertThat(wrong.text()).doesNotContain("wrong");
        }
    }

    @Test
    void aServerWithTlsIsTrustedByItsCertificateAndName(@TempDir Path folder) throws Exception {
        LocalhostCertificate own = LocalhostCertificate.make(folder);
        ServerCredentials tls =
                TlsServerCredentials.create(own.cert().toFile(), own.key().toFile());
        try (QdrantServer locked = new QdrantServer(tls, Optional.empty());
                VectorProvider trusting = secure("localhost", locked, Optional.of(own.cert()));
                VectorProvider otherName = secure("127.0.0.1", locked, Optional.of(own.cert()));
                VectorProvider doubting = secure("localhost", locked, Optional.empty());
                VectorProvider plain = provider(locked, Optional.empty())) {
            bound(trusting, "a", PLANE).put(VectorPoint.of("1", 1, 2));
            assertThat(trusting.trouble()).isEmpty();
            for (VectorProvider each : List.of(otherName, doubting, plain)) {
                assertThatThrownBy(() -> bound(each, "a", PLANE).get("1"))
                        .isInstanceOf(BindingFailed.class)
                        .hasMessageContaining("TR-5004");
            }
        }
    }

    private static VectorProvider secure(String host, QdrantServer server, Optional<Path> ca) {
        return new QdrantProvider(
                new QdrantSettings(host, server.port(), true, ca, Optional.empty(), 1),
                Duration.ofSeconds(30));
    }

    @Test
    void aServerThatIsKilledUnderLoadGivesTypedErrorsAndComesBack() throws Exception {
        Vectors vectors = bound(provider, "a", PLANE);
        vectors.put(VectorPoint.of("0", 1, 2));
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Throwable> strange = Collections.synchronizedList(new ArrayList<>());
        Set<String> stored = ConcurrentHashMap.newKeySet();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int lane = i;
            load.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int n = 0; going.get(); n++) {
                                            String id = lane + "-" + n;
                                            try {
                                                vectors.put(VectorPoint.of(id, 1, n + 1));
                                                stored.add(id);
                                                vectors.find(VectorQuery.near(1, 2));
                                                succeeded.incrementAndGet();
                                            } catch (BindingFailed e) {
                                                failed.incrementAndGet();
                                                LockSupport.parkNanos(PAUSE_NANOS);
                                                if (e.reason() != Reason.UNAVAILABLE) {
                                                    strange.add(e);
                                                }
                                            } catch (RuntimeException e) {
                                                strange.add(e);
                                            }
                                        }
                                    }));
        }
        try {
            Eventually.holds(() -> succeeded.get() > 50);
            server.kill();
            int before = failed.get();
            Eventually.holds(() -> failed.get() > before + 50);
            assertThat(provider.trouble().orElseThrow()).contains("it cannot be reached");
            server.revive();
            int again = succeeded.get();
            Eventually.holds(() -> succeeded.get() > again + 50);
        } finally {
            going.set(false);
            for (Thread each : load) {
                each.join();
            }
        }
        assertThat(strange).isEmpty();
        assertThat(provider.trouble()).isEmpty();
        for (String id : stored) {
            assertThat(vectors.get(id)).as(id).isPresent();
        }
    }

    private static List<String> ids(Vectors vectors, VectorQuery query) {
        return vectors.find(query).stream().map(VectorMatch::id).toList();
    }
}
