package dev.treadle.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom, floor by floor; ARCHITECTURE.md draws it. */
class ArchitectureTest {
    private static final String API = "dev.treadle";
    private static final String TESTING = "dev.treadle.testing..";
    private static final String ADAPTERS = "dev.treadle.adapters..";
    private static final String REGISTRY = "dev.treadle.registry..";
    private static final String SPI = "dev.treadle.trigger";
    private static final String HTTP = "dev.treadle.trigger.http..";
    private static final String SCHEDULE = "dev.treadle.trigger.schedule..";
    private static final String GRPC = "dev.treadle.trigger.grpc..";
    private static final String NATS = "dev.treadle.trigger.nats..";
    private static final String ENGINE = "dev.treadle.engine..";
    private static final String BINDINGS = "dev.treadle.bindings..";
    private static final String INFERENCE = "dev.treadle.inference..";
    private static final String PROTOCOLS = "dev.treadle.protocols..";
    private static final String TESTKIT = "dev.treadle.testkit..";
    private static final String SERVER = "dev.treadle.server..";
    private static final String CLI = "dev.treadle.cli..";
    private static final List<String> OURS =
            List.of(
                    API, TESTING, ADAPTERS, REGISTRY, SPI, HTTP, SCHEDULE, GRPC, NATS, ENGINE,
                    BINDINGS, INFERENCE, PROTOCOLS, SERVER, CLI);

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.treadle");

    @Test
    void theApiKnowsTheJdkOnly() {
        rule(API).because("a function's class path must be its own").check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(API)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(API, "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void testingKnowsTheApiOnly() {
        rule(TESTING, API).check(CLASSES);
    }

    @Test
    void adaptersKnowTheApiOnly() {
        rule(ADAPTERS, API).check(CLASSES);
    }

    @Test
    void theRegistryKnowsNothingOfOurs() {
        rule(REGISTRY).check(CLASSES);
    }

    @Test
    void theTriggerSpiKnowsTheApiOnly() {
        rule(SPI, API).check(CLASSES);
    }

    @Test
    void theHttpTriggerKnowsTheSpiAndTheApi() {
        rule(HTTP, SPI, API).because("a trigger sees Dispatcher, never the engine").check(CLASSES);
    }

    @Test
    void theScheduleTriggerKnowsTheSpiAndTheApi() {
        rule(SCHEDULE, SPI, API).check(CLASSES);
    }

    @Test
    void theGrpcTriggerKnowsTheSpiAndTheApi() {
        rule(GRPC, SPI, API).because("a trigger sees Dispatcher, never the engine").check(CLASSES);
    }

    @Test
    void theNatsTriggerKnowsTheSpiAndTheApi() {
        rule(NATS, SPI, API).because("a trigger sees Dispatcher, never the engine").check(CLASSES);
    }

    @Test
    void jnatsStaysInTheNatsTriggerTheBindingsAndTheServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.treadle..")
                .and()
                .resideOutsideOfPackages(NATS, BINDINGS, SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nats..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsTheApiTheSpiAndTheRegistry() {
        rule(ENGINE, API, SPI, REGISTRY).check(CLASSES);
    }

    @Test
    void theBindingsKnowTheApiAndTheRegistry() {
        rule(BINDINGS, INFERENCE, PROTOCOLS, API, REGISTRY)
                .because("the server brings them to the engine")
                .check(CLASSES);
    }

    @Test
    void inferenceKnowsTheApiAndTheRegistry() {
        rule(INFERENCE, API, REGISTRY).check(CLASSES);
    }

    @Test
    void theProtocolsKnowTheApi() {
        rule(PROTOCOLS, API).check(CLASSES);
    }

    @Test
    void grpcStaysInItsTriggerTheProtocolsTheBindingsAndTheServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.treadle..")
                .and()
                .resideOutsideOfPackages(GRPC, PROTOCOLS, BINDINGS, SERVER, TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..")
                .check(CLASSES);
    }

    @Test
    void onnxRuntimeStaysInInference() {
        noClasses()
                .that()
                .resideInAPackage("dev.treadle..")
                .and()
                .resideOutsideOfPackage(INFERENCE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void theCommandLineKnowsTheRegistrysModelAndTheApi() {
        rule(CLI, REGISTRY, API).because("it talks to the admin API").check(CLASSES);
    }

    @Test
    void helidonStaysInTheHttpTriggerAndTheServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.treadle..")
                .and()
                .resideOutsideOfPackages(HTTP, SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(CLASSES);
    }

    @Test
    void nobodyLooksThingsUpBehindTheReadersBack() {
        noClasses()
                .that()
                .resideInAPackage("dev.treadle..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.ServiceLoader.class)
                .check(CLASSES);
    }

    @Test
    void everyModuleWasLookedAt() {
        for (String floor : OURS) {
            String packageName = floor.replace("..", "");
            assertThat(CLASSES.stream().filter(c -> c.getPackageName().startsWith(packageName)))
                    .as("classes in " + packageName)
                    .isNotEmpty();
        }
    }

    /** The canary: a rule that the server breaks by its very purpose. */
    @Test
    void anArrowThatRunsBackUpIsFound() {
        assertThatThrownBy(() -> rule(SERVER).check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.treadle.engine");
    }

    /** Of our packages, those of {@code floor} may know themselves and {@code allowed} only. */
    private static ArchRule rule(String floor, String... allowed) {
        List<String> others = new ArrayList<>(OURS);
        others.remove(floor);
        others.removeAll(List.of(allowed));
        return noClasses()
                .that()
                .resideInAPackage(floor)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others.toArray(String[]::new));
    }
}
