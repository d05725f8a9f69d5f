package dev.treadle.registry.contract;

import static dev.treadle.registry.DeployedFunction.LIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Registry.Check;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.RegistryException.Reason;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a registry promises. */
public abstract class RegistryContract {
    private static final FunctionName HELLO = new FunctionName("hello");
    private static final Split V1 = Split.all(1);
    private static final Split V2 = Split.all(2);

    /** Opens the store; each test has one of its own, and opens it again after closing it. */
    protected abstract StoreUnderTest open();

    @Test
    void theFirstDeployMakesReleaseOneAndPointsTheAliasAtIt() {
        try (StoreUnderTest store = open()) {
            Release release = deploy(store, "hello");
            DeployedFunction hello = hello(store);
            assertThat(release.number()).isEqualTo(1);
            assertThat(hello.releases()).isEqualTo(Map.of(1, release));
            assertThat(hello.aliases()).isEqualTo(Map.of(LIVE, V1));
            assertThat(hello.previous()).isEmpty();
        }
    }

    @Test
    void theNextDeployCountsOnAndRemembersWhatWasLive() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            deploy(store, "hello");
            assertThat(hello(store).releases().keySet()).containsExactly(1, 2);
            assertThat(hello(store).live()).contains(V2);
            assertThat(hello(store).previous()).contains(V1);
        }
    }

    @Test
    void aDeployToAnotherAliasLeavesLiveAlone() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            store.registry()
                    .deploy(Manifests.named("hello"), artifact(store), "canary", Check.NONE);
            assertThat(hello(store).aliases()).isEqualTo(Map.of(LIVE, V1, "canary", V2));
            assertThat(hello(store).previous()).isEmpty();
        }
    }

    @Test
    void whatWasDeployedIsThereAfterReopening() {
        List<DeployedFunction> before;
        try (StoreUnderTest store = open()) {
            store.registry().deploy(Manifests.full("full"), artifact(store), LIVE, Check.NONE);
            deploy(store, "hello");
            deploy(store, "hello");
            store.registry().setAlias(HELLO, "canary", split(1, 40, 2, 60));
            before = List.copyOf(store.registry().catalog().functions());
        }
        try (StoreUnderTest store = open()) {
            assertThat(store.registry().catalog().functions()).containsExactlyElementsOf(before);
        }
    }

    @Test
    void functionsAreListedByName() {
        try (StoreUnderTest store = open()) {
            for (String name : List.of("c", "a", "b-1", "b")) {
                deploy(store, name);
            }
            assertThat(store.registry().catalog().functions())
                    .extracting(f -> f.name().value())
                    .containsExactly("a", "b", "b-1", "c");
        }
    }

    @Test
    void aCatalogThatWasTakenNeverChanges() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            Catalog taken = store.registry().catalog();
            deploy(store, "hello");
            deploy(store, "other");
            assertThat(taken.functions()).hasSize(1);
            assertThat(taken.function(HELLO).orElseThrow().live()).contains(V1);
        }
    }

    @Test
    void theCheckSeesTheReleaseBeforeAnybodyElse() {
        try (StoreUnderTest store = open()) {
            List<Release> seen = new ArrayList<>();
            Check check =
                    release -> {
                        seen.add(release);
                        assertThat(store.registry().catalog().function(HELLO)).isEmpty();
                    };
            Release made =
                    store.registry().deploy(Manifests.named("hello"), artifact(store), LIVE, check);
            assertThat(seen).containsExactly(made);
        }
    }

    @Test
    void aCheckThatThrowsChangesNothingAndItsExceptionComesThrough() {
        IllegalStateException refusal = new IllegalStateException("it does not start");
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            DeployedFunction before = hello(store);
            List<FunctionName> told = new ArrayList<>();
            store.registry().watch(told::add);
            assertThatThrownBy(
                            () ->
                                    store.registry()
                                            .deploy(
                                                    Manifests.named("hello"),
                                                    artifact(store),
                                                    LIVE,
                                                    _ -> {
                                                        throw refusal;
                                                    }))
                    .isSameAs(refusal);
            assertThat(hello(store)).isEqualTo(before);
            assertThat(told).isEmpty();
            assertThat(deploy(store, "hello").number()).isEqualTo(2);
        }
    }

    @Test
    void aReleaseNeedsItsArtifact() {
        try (StoreUnderTest store = open()) {
            Digest absent = Digest.of(new byte[9]);
            assertReason(
                    Reason.UNKNOWN_ARTIFACT,
                    () ->
                            store.registry()
                                    .deploy(Manifests.named("hello"), absent, LIVE, Check.NONE));
            assertThat(store.registry().catalog().functions()).isEmpty();
        }
    }

    @Test
    void anAliasIsALabelAndNotAReleasesName() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            for (String alias : List.of("", "Live", "a_b", "-a", "v1", "v12", "a/b")) {
                assertReason(
                        Reason.ILLEGAL_ALIAS, () -> store.registry().setAlias(HELLO, alias, V1));
                assertReason(
                        Reason.ILLEGAL_ALIAS,
                        () ->
                                store.registry()
                                        .deploy(
                                                Manifests.named("hello"),
                                                artifact(store),
                                                alias,
                                                Check.NONE));
            }
            assertThat(hello(store).releases()).hasSize(1);
        }
    }

    @Test
    void anAliasMovesToASplitAndLiveRemembersWhereItWas() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            deploy(store, "hello");
            DeployedFunction moved = store.registry().setAlias(HELLO, LIVE, split(1, 90, 2, 10));
            assertThat(moved).isEqualTo(hello(store));
            assertThat(moved.live()).contains(split(1, 90, 2, 10));
            assertThat(moved.previous()).contains(V2);
        }
    }

    @Test
    void movingLiveToWhereItIsKeepsTheWayBack() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            deploy(store, "hello");
            store.registry().setAlias(HELLO, LIVE, V2);
            assertThat(hello(store).previous()).contains(V1);
        }
    }

    @Test
    void anAliasPointsOnlyAtReleasesThatAreThere() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            assertReason(
                    Reason.UNKNOWN_RELEASE,
                    () -> store.registry().setAlias(HELLO, LIVE, split(1, 50, 2, 50)));
            assertReason(
                    Reason.UNKNOWN_FUNCTION,
                    () -> store.registry().setAlias(new FunctionName("none"), LIVE, V1));
            assertThat(hello(store).live()).contains(V1);
        }
    }

    @Test
    void anAliasCanBeRemovedButNotLive() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            store.registry().setAlias(HELLO, "canary", V1);
            DeployedFunction after = store.registry().removeAlias(HELLO, "canary");
            assertThat(after.aliases()).isEqualTo(Map.of(LIVE, V1));
            assertReason(Reason.UNKNOWN_ALIAS, () -> store.registry().removeAlias(HELLO, "canary"));
            assertReason(Reason.IN_USE, () -> store.registry().removeAlias(HELLO, LIVE));
        }
    }

    @Test
    void aDeletedFunctionIsGoneAlsoAfterReopening() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            store.registry().delete(HELLO);
            assertThat(store.registry().catalog().functions()).isEmpty();
            assertReason(Reason.UNKNOWN_FUNCTION, () -> store.registry().delete(HELLO));
        }
        try (StoreUnderTest store = open()) {
            assertThat(store.registry().catalog().functions()).isEmpty();
        }
    }

    @Test
    void numbersAreNotUsedAgainAfterADelete() {
        try (StoreUnderTest store = open()) {
            deploy(store, "hello");
            deploy(store, "hello");
            store.registry().delete(HELLO);
        }
        try (StoreUnderTest store = open()) {
            assertThat(deploy(store, "hello").number()).isEqualTo(3);
            assertThat(hello(store).releases().keySet()).containsExactly(3);
            assertThat(hello(store).previous()).isEmpty();
        }
    }

    @Test
    void listenersHearOfEachChangeBeforeTheMethodReturns() {
        try (StoreUnderTest store = open()) {
            List<String> told = new ArrayList<>();
            Registry registry = store.registry();
            Registry.Watch watch =
                    registry.watch(
                            name ->
                                    told.add(
                                            name
                                                    + registry.catalog()
                                                            .function(name)
                                                            .map(f -> f.aliases().toString())
                                                            .orElse(" gone")));
            deploy(store, "hello");
            assertThat(told).containsExactly("hello{live=v1}");
            registry.setAlias(HELLO, "canary", V1);
            registry.removeAlias(HELLO, "canary");
            registry.delete(HELLO);
            assertThat(told)
                    .containsExactly(
                            "hello{live=v1}",
                            "hello{canary=v1, live=v1}",
                            "hello{live=v1}",
                            "hello gone");
            watch.close();
            deploy(store, "hello");
            assertThat(told).hasSize(4);
        }
    }

    @Test
    void aListenerThatFailsUndoesNothingAndKeepsNobodyElseFromHearing() {
        try (StoreUnderTest store = open()) {
            List<FunctionName> told = new ArrayList<>();
            store.registry()
                    .watch(
                            _ -> {
                                throw new IllegalStateException("this listener always fails");
                            });
            store.registry().watch(told::add);
            deploy(store, "hello");
            assertThat(told).containsExactly(HELLO);
            assertThat(hello(store).live()).contains(V1);
        }
    }

    @Test
    void deploysOfOneFunctionAtOnceGetNumbersOfTheirOwn() throws Exception {
        try (StoreUnderTest store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Release>> deploys = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                deploys.add(threads.submit(() -> deploy(store, "hello")));
            }
            TreeSet<Integer> numbers = new TreeSet<>();
            for (Future<Release> deploy : deploys) {
                numbers.add(deploy.get().number());
            }
            assertThat(numbers).hasSize(30);
            assertThat(numbers.last()).isEqualTo(30);
            assertThat(hello(store).live()).contains(Split.all(30));
        }
    }

    @Test
    void deploysOfDifferentFunctionsRunSideBySide() throws Exception {
        CyclicBarrier bothInTheirChecks = new CyclicBarrier(2);
        Check check = _ -> meet(bothInTheirChecks);
        try (StoreUnderTest store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Release>> deploys = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                deploys.add(
                        threads.submit(
                                () ->
                                        store.registry()
                                                .deploy(
                                                        Manifests.named(name),
                                                        artifact(store),
                                                        LIVE,
                                                        check)));
            }
            for (Future<Release> deploy : deploys) {
                assertThat(deploy.get().number()).isEqualTo(1);
            }
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the other deploy did not get as far", e);
        }
    }

    private static Release deploy(StoreUnderTest store, String name) {
        return store.registry().deploy(Manifests.named(name), artifact(store), LIVE, Check.NONE);
    }

    private static Digest artifact(StoreUnderTest store) {
        byte[] bytes = "a jar".getBytes(UTF_8);
        store.artifacts().put(Digest.of(bytes), new ByteArrayInputStream(bytes));
        return Digest.of(bytes);
    }

    private static DeployedFunction hello(StoreUnderTest store) {
        return store.registry().catalog().function(HELLO).orElseThrow();
    }

    private static Split split(int release, int weight, int otherRelease, int otherWeight) {
        return new Split(new TreeMap<>(Map.of(release, weight, otherRelease, otherWeight)));
    }

    private static void assertReason(Reason reason, Runnable action) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(action::run)
                .extracting(RegistryException::reason)
                .isEqualTo(reason);
    }
}
