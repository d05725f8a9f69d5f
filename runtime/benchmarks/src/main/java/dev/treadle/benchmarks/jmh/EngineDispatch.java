package dev.treadle.benchmarks.jmh;

import dev.treadle.benchmarks.functions.Asks;
import dev.treadle.benchmarks.process.Deployable;
import dev.treadle.benchmarks.process.EventFunctionJar;
import dev.treadle.benchmarks.process.FunctionJar;
import dev.treadle.engine.Bindings;
import dev.treadle.engine.Engine;
import dev.treadle.engine.EngineConfig;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Publisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From an invocation request to its outcome, for functions that do nothing, or call one that does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class EngineDispatch {
    private static final InvocationRequest.Target LIVE = InvocationRequest.Target.live("f0");
    private static final InvocationRequest.Target ASKS = InvocationRequest.Target.live("asks");

    private Path folder;
    private Engine engine;

    /** Deploys the functions to an engine of their own. */
    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("dispatch-");
        FunctionJar jar = FunctionJar.of(0);
        Files.write(folder.resolve(jar.digest().hex()), jar.bytes());
        engine =
                new Engine(
                        EngineConfig.defaults(folder.resolve("unpacked"), List.of()),
                        new OneArtifact(folder),
                        _ -> Optional.empty(),
                        Publisher.NONE,
                        Bindings.NONE,
                        InstantSource.system());
        deploy(jar.name(), jar.entry(), List.of(), jar);
        EventFunctionJar asks = EventFunctionJar.of("asks", Asks.class, "");
        Files.write(folder.resolve(asks.digest().hex()), asks.bytes());
        deploy(asks.name(), Asks.class.getName(), List.of(jar.name()), asks);
    }

    private void deploy(String function, String entry, List<String> calls, Deployable jar) {
        FunctionName name = new FunctionName(function);
        Manifest manifest =
                new Manifest(name, entry, Limits.DEFAULT, Map.of(), List.of(), List.of(), calls);
        Release release = new Release(1, manifest, jar.digest(), Instant.EPOCH);
        engine.functions()
                .update(
                        new DeployedFunction(
                                name,
                                new TreeMap<>(Map.of(1, release)),
                                new TreeMap<>(Map.of(DeployedFunction.LIVE, Split.all(1))),
                                Optional.empty()));
    }

    /** One invocation. */
    @Benchmark
    public Outcome dispatch() {
        return engine.dispatch(
                InvocationRequest.once(
                        engine.newInvocationId(),
                        LIVE,
                        "http",
                        Optional.empty(),
                        NoInput.INSTANCE));
    }

    /** One invocation that calls another function: the difference is what a call costs. */
    @Benchmark
    public Outcome dispatchAndCall() {
        return engine.dispatch(
                InvocationRequest.once(
                        engine.newInvocationId(),
                        ASKS,
                        "nats",
                        Optional.empty(),
                        NoInput.INSTANCE));
    }

    /** What of that is the making of an id. */
    @Benchmark
    public void newInvocationId(Blackhole hole) {
        hole.consume(engine.newInvocationId());
    }

    /** Closes the engine and removes its folder. */
    @TearDown
    public void tearDown() throws IOException {
        engine.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
