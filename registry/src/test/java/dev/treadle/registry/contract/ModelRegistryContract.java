package dev.treadle.registry.contract;

import static dev.treadle.registry.Versioned.LIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Registry.Check;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.RegistryException.Reason;
import dev.treadle.registry.Split;
import dev.treadle.registry.TensorInfo;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a registry of models promises. */
public abstract class ModelRegistryContract {
    private static final ModelName DIGITS = new ModelName("digits");

    /** One with a value in every place. */
    public static final ModelDescription DESCRIPTION =
            new ModelDescription(
                    List.of(
                            new TensorInfo("pixels", "float", List.of("batch", "1", "8", "8")),
                            new TensorInfo("labels", "string", List.of("?", "3"))),
                    List.of(new TensorInfo("scores é", "float16", List.of())),
                    Map.of("producer", "a \"test\"", "treadle.note", "x\ny"),
                    123_456_789_012L);

    /** Opens the store; each test has one of its own, and opens it again after closing it. */
    protected abstract StoreUnderTest open();

    @Test
    void whatWasPushedIsThereAfterReopening() {
        List<DeployedModel> before;
        try (StoreUnderTest store = open()) {
            ModelRelease first = push(store, LIVE);
            assertThat(first.number()).isEqualTo(1);
            assertThat(first.description()).isEqualTo(DESCRIPTION);
            push(store, LIVE);
            push(store, "canary");
            store.models().setAlias(DIGITS, LIVE, split(1, 90, 3, 10));
            before = List.copyOf(store.models().models());
            assertThat(digits(store).live()).contains(split(1, 90, 3, 10));
            assertThat(digits(store).previous()).contains(Split.all(2));
            assertThat(digits(store).aliases()).containsEntry("canary", Split.all(3));
        }
        try (StoreUnderTest store = open()) {
            assertThat(store.models().models()).containsExactlyElementsOf(before);
        }
    }

    @Test
    void aModelAndAFunctionOfOneNameKnowNothingOfEachOther() {
        try (StoreUnderTest store = open()) {
            push(store, LIVE);
            store.registry()
                    .deploy(Manifests.named("digits"), artifact(store, 1), LIVE, Check.NONE);
            store.registry().delete(new FunctionName("digits"));
            assertThat(digits(store).releases()).hasSize(1);
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        try (StoreUnderTest store = open()) {
            assertReason(
                    Reason.UNKNOWN_MODEL,
                    () -> store.models().setAlias(DIGITS, LIVE, Split.all(1)));
            assertReason(Reason.UNKNOWN_MODEL, () -> store.models().delete(DIGITS));
            assertReason(
                    Reason.UNKNOWN_ARTIFACT,
                    () -> store.models().push(DIGITS, Digest.of(new byte[9]), DESCRIPTION, LIVE));
            push(store, LIVE);
            assertReason(
                    Reason.UNKNOWN_RELEASE,
                    () -> store.models().setAlias(DIGITS, LIVE, Split.all(2)));
            assertReason(Reason.UNKNOWN_ALIAS, () -> store.models().removeAlias(DIGITS, "none"));
            assertReason(Reason.IN_USE, () -> store.models().removeAlias(DIGITS, LIVE));
            assertReason(Reason.ILLEGAL_ALIAS, () -> push(store, "v1"));
            assertThat(digits(store).releases()).hasSize(1);
        }
    }

    @Test
    void numbersAreNotUsedAgainAfterADelete() {
        try (StoreUnderTest store = open()) {
            push(store, LIVE);
            push(store, LIVE);
            store.models().delete(DIGITS);
            assertThat(store.models().model(DIGITS)).isEmpty();
        }
        try (StoreUnderTest store = open()) {
            assertThat(store.models().models()).isEmpty();
            assertThat(push(store, LIVE).number()).isEqualTo(3);
        }
    }

    @Test
    void listenersHearOfEachChangeBeforeTheMethodReturns() {
        try (StoreUnderTest store = open()) {
            List<ModelName> told = new ArrayList<>();
            var watch = store.models().watch(told::add);
            push(store, LIVE);
            assertThat(told).containsExactly(DIGITS);
            store.models().setAlias(DIGITS, "canary", Split.all(1));
            store.models().removeAlias(DIGITS, "canary");
            assertThat(told).hasSize(3);
            watch.close();
            store.models().delete(DIGITS);
            assertThat(told).hasSize(3);
        }
    }

    private static ModelRelease push(StoreUnderTest store, String alias) {
        return store.models().push(DIGITS, artifact(store, 2), DESCRIPTION, alias);
    }

    private static Digest artifact(StoreUnderTest store, int count) {
        byte[] bytes = "a file ".repeat(count).getBytes(UTF_8);
        store.artifacts().put(Digest.of(bytes), new ByteArrayInputStream(bytes));
        return Digest.of(bytes);
    }

    private static DeployedModel digits(StoreUnderTest store) {
        return store.models().model(DIGITS).orElseThrow();
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
