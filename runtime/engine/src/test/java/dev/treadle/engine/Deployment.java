package dev.treadle.engine;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.PublishFailed;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.testkit.SourceJar;
import dev.treadle.trigger.Changes;
import dev.treadle.trigger.Effects;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Publisher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An engine with functions compiled from source text, for tests. */
final class Deployment implements AutoCloseable {
    static final Limits QUICK =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), 8, 8, 1024);

    final ConcurrentMap<String, String> secrets = new ConcurrentHashMap<>();

    /** What functions publish: subject, message id. */
    final List<String> published = new CopyOnWriteArrayList<>();

    /** Whether a stream confirms it. */
    volatile boolean confirms = true;

    final Engine engine;
    private final FolderArtifacts artifacts;
    private final Map<String, SortedMap<Integer, Release>> releases = new ConcurrentHashMap<>();

    Deployment(Path folder) {
        artifacts = new FolderArtifacts(folder);
        EngineConfig config =
                new EngineConfig(
                        folder.resolve("unpacked"),
                        List.of(),
                        Duration.ofSeconds(5),
                        100,
                        1 << 20,
                        64);
        engine =
                new Engine(
                        config,
                        artifacts,
                        key -> Optional.ofNullable(secrets.get(key)),
                        this::publish,
                        Bindings.NONE,
                        InstantSource.system());
    }

    private void publish(
            String subject, Event event, String messageId, int hops, Duration patience) {
        if (!confirms) {
            throw new PublishFailed("no stream has the subject " + subject);
        }
        published.add(subject + " " + messageId);
    }

    /** Compiles and deploys the next release and points {@code live} at it. */
    Release deploy(String name, Limits limits, String source) throws Exception {
        return deploy(name, limits, SourceJar.compile(source));
    }

    Release deploy(String name, Limits limits, SourceJar jar) throws Exception {
        return deploy(release(name, limits, List.of(), List.of(), jar));
    }

    private Release deploy(Release release) throws Exception {
        String name = release.function().value();
        engine.functions().prepare(release);
        known(name).put(release.number(), release);
        live(name, Split.all(release.number()));
        return release;
    }

    /** Deploys one that may call others. */
    Release deploy(String name, Limits limits, List<String> calls, String source) throws Exception {
        SourceJar jar = SourceJar.compile(source);
        return deploy(release(name, limits, calls, List.of(), jar));
    }

    /** Deploys one with routes. */
    Release deploy(String name, List<TriggerSpec> triggers, String source) throws Exception {
        SourceJar jar = SourceJar.compile(source);
        return deploy(release(name, QUICK, List.of(), triggers, jar));
    }

    Release deploy(String name, String source) throws Exception {
        return deploy(name, QUICK, source);
    }

    /** Compiles the next release without deploying it. */
    Release release(String name, Limits limits, String source) throws IOException {
        return release(name, limits, List.of(), List.of(), SourceJar.compile(source));
    }

    private Release release(
            String name,
            Limits limits,
            List<String> calls,
            List<TriggerSpec> triggers,
            SourceJar jar)
            throws IOException {
        SortedMap<Integer, Release> known = known(name);
        Digest digest = artifacts.put(jar.bytes());
        Manifest manifest =
                new Manifest(
                        new FunctionName(name),
                        jar.entry(),
                        limits,
                        Map.of("GREETING", "hello"),
                        List.of("KEY"),
                        triggers,
                        calls);
        int number = known.isEmpty() ? 1 : known.lastKey() + 1;
        return new Release(number, manifest, digest, Instant.now());
    }

    private SortedMap<Integer, Release> known(String name) {
        return releases.computeIfAbsent(name, _ -> new TreeMap<>());
    }

    /** Points {@code live}. */
    void live(String name, Split split) {
        FunctionName function = new FunctionName(name);
        engine.functions()
                .update(
                        new DeployedFunction(
                                function,
                                known(name),
                                new TreeMap<>(Map.of(DeployedFunction.LIVE, split)),
                                Optional.empty()));
    }

    /** Calls {@code live} with a text. */
    Outcome call(String name, String body) {
        return call(name, "live", body);
    }

    Outcome call(String name, String reference, String body) {
        return engine.dispatch(
                InvocationRequest.once(
                        engine.newInvocationId(),
                        new InvocationRequest.Target(name, reference),
                        "test",
                        Optional.empty(),
                        new TextInput(body)));
    }

    /** Delivers an event of that origin, once more or for the first time. */
    Outcome deliver(String name, String origin, int attempt, OptionalInt release) {
        return engine.dispatch(
                new InvocationRequest(
                        engine.newInvocationId(),
                        InvocationRequest.Target.live(name),
                        "test",
                        Lineage.first(origin, Optional.empty()).attempt(attempt, release),
                        new TextInput("{}")));
    }

    /** Calls {@code live} dry; what it would publish goes to {@code publishes}. */
    Outcome callDry(String name, String body, Publisher publishes) {
        return engine.dispatch(
                InvocationRequest.once(
                                engine.newInvocationId(),
                                InvocationRequest.Target.live(name),
                                "test",
                                Optional.empty(),
                                new TextInput(body))
                        .effects(new Effects.Captured(publishes, new Changes())));
    }

    /** Calls and expects text back. */
    String text(String name, String body) {
        return text(call(name, body));
    }

    static String text(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded(Response response)
                && response.body() instanceof Response.Body.Bytes bytes) {
            return new String(bytes.bytes(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("expected an answer, got " + outcome);
    }

    /** The records of a function, newest first. */
    List<InvocationRecord> records(String name) {
        return engine.records()
                .find(
                        new RecordQuery(
                                Optional.of(name),
                                java.util.OptionalInt.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1000));
    }

    /** The messages of a function's log. */
    List<LogLine> log(String name) {
        return engine.logs()
                .find(
                        name,
                        new LogQuery(
                                Optional.empty(),
                                java.util.OptionalInt.empty(),
                                dev.treadle.Log.Level.DEBUG,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                1000));
    }

    /** The loader of a loaded release, to reach into a function's statics. */
    ClassLoader loader(String name, int release) {
        return engine.functions().loaded(new FunctionName(name), release).orElseThrow().loader();
    }

    /** Opens the latch that a function's calls wait for. */
    void open(String name, String className) throws Exception {
        open(loader(name, 1), className);
    }

    static void open(ClassLoader loader, String className) throws Exception {
        ((CountDownLatch) loader.loadClass(className).getField("GO").get(null)).countDown();
    }

    ReleaseState state(String name, int release) {
        return engine.functions().state(new FunctionName(name), release).orElseThrow();
    }

    /** The outcome, which must be a failure. */
    static Outcome.Failed failed(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed;
        }
        throw new AssertionError("no failure: " + outcome);
    }

    /** A function that always answers the same. */
    static String constant(String answer) {
        return """
               public class Constant implements HttpFunction {
                   public Response handle(Request request, Context context) {
                       return Response.text("%s");
                   }
               }
               """
                .formatted(answer);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** A text, in whatever form the handler takes. */
    private record TextInput(String text) implements Input {
        @Override
        public Request asRequest(Json json, long payloadBytesMax) {
            return new TextRequest(text, json);
        }

        @Override
        public Event asEvent(Json json, long payloadBytesMax) {
            return Event.builder("test.text", json).id("1").text(text).build();
        }

        @Override
        public byte[] asBytes(long payloadBytesMax) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A POST to {@code /test}. */
    private record TextRequest(String text, Json json) implements Request {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/test";
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public String pathParam(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public Map<String, String> pathParams() {
            return Map.of();
        }

        @Override
        public Optional<String> queryParam(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> queryParams(String name) {
            return List.of();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T json(Class<T> type) {
            return json.read(body(), type);
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(body());
        }
    }
}
