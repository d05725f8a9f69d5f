package dev.treadle.testing;

import dev.treadle.Blobs;
import dev.treadle.Event;
import dev.treadle.Handler;
import dev.treadle.Json;
import dev.treadle.Kv;
import dev.treadle.Model;
import dev.treadle.Reply;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.TypedFunction;
import dev.treadle.Vectors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function under test, with what its manifest would say about it. Settings come first, then
 * calls; the first call starts the function, {@link #close} ends it. Calls run on the test's own
 * thread and are not interrupted at their deadline. For one thread.
 *
 * <pre>{@code
 * try (TestFunction hello = TestFunction.of(new Hello()).route("/hello/{name}")) {
 *     assertThat(hello.get("/hello/Ada").text()).isEqualTo("Hello, Ada!\n");
 * }
 * }</pre>
 */
public final class TestFunction implements AutoCloseable {
    private final Handler handler;
    private final Settings settings;
    private final TestLog log = new TestLog();
    private final JacksonJson json = new JacksonJson();
    private final List<Published> published = Collections.synchronizedList(new ArrayList<>());
    private final Caller caller;
    private boolean started;

    private TestFunction(Handler handler) {
        this.handler = handler;
        this.settings = new Settings(handler.getClass().getSimpleName());
        this.caller = new Caller(handler, settings, log, json, published::add);
    }

    /** A function under test. */
    public static TestFunction of(Handler handler) {
        return new TestFunction(handler);
    }

    /** The function's name; its class's name unless told. */
    public TestFunction name(String name) {
        changing().name = name;
        return this;
    }

    /** The release's number; 1 unless told. */
    public TestFunction release(int release) {
        changing().release = release;
        return this;
    }

    /** A value of {@code config}. */
    public TestFunction config(String key, String value) {
        changing().config.put(key, value);
        return this;
    }

    /** A secret that the manifest lists and the node has. */
    public TestFunction secret(String key, String value) {
        changing().secrets.put(key, Optional.of(value));
        return this;
    }

    /** A secret that the manifest lists and the node does not have. */
    public TestFunction missingSecret(String key) {
        changing().secrets.put(key, Optional.empty());
        return this;
    }

    /**
     * The route's path template, e.g. {@code /hello/{name}}; a path that does not fit is refused.
     */
    public TestFunction route(String template) {
        changing().route = Optional.of(RouteTemplate.parse(template));
        return this;
    }

    /**
     * The manifest's {@code limits.timeout}; 10 s unless told. Sets {@code
     * invocation().deadline()}.
     */
    public TestFunction timeout(Duration timeout) {
        changing().timeout = timeout;
        return this;
    }

    /** The manifest's {@code limits.payload} in bytes; 1 MiB unless told. */
    public TestFunction payloadLimit(long bytes) {
        changing().payloadBytesMax = bytes;
        return this;
    }

    /**
     * What deadlines are counted by, e.g. a {@link VirtualClock}; the system's clock unless told.
     */
    public TestFunction clock(InstantSource clock) {
        changing().clock = clock;
        return this;
    }

    /**
     * A function that this one may call: the other runs, with its own settings, log and published
     * events. A function may call itself.
     */
    public TestFunction calls(String name, TestFunction function) {
        changing().calls.put(name, function);
        return this;
    }

    /**
     * Something that stands for a function that this one may call.
     *
     * @param input what its payload is read as
     * @param function takes and returns what the real one would; what it throws is turned into a
     *     {@link dev.treadle.CallFailed} as a node does, and a {@code CallFailed} stays as it is
     */
    @SuppressWarnings("exports") // who reads the null annotations brings them along
    public <I, O extends @Nullable Object> TestFunction calls(
            String name, Class<I> input, TypedFunction<I, O> function) {
        return calls(name, of(new TypedAs<>(input, function)).name(name));
    }

    /**
     * Keys and values that the function binds under this name: a {@link MemoryKv}, or whatever the
     * test has. Functions under test that are given the same one share it.
     */
    public TestFunction kv(String binding, Kv store) {
        changing().kv.put(binding, store);
        return this;
    }

    /**
     * The table that the function binds under this name: a {@link MemoryTable}, or whatever the
     * test has. Functions under test that are given the same one share it.
     */
    public TestFunction table(String binding, Table table) {
        changing().tables.put(binding, table);
        return this;
    }

    /**
     * Documents that the function binds under this name: a {@link MemorySearch}, or whatever the
     * test has. Functions under test that are given the same one share it.
     */
    public TestFunction search(String binding, Search store) {
        changing().searches.put(binding, store);
        return this;
    }

    /** The model that the function binds under this name: a {@link StubModel}, say. */
    public TestFunction model(String binding, Model model) {
        changing().models.put(binding, model);
        return this;
    }

    /**
     * Blobs that the function binds under this name: a {@link MemoryBlobs}, or whatever the test
     * has. Functions under test that are given the same ones share them. No event tells of puts.
     */
    public TestFunction blobs(String binding, Blobs store) {
        changing().blobs.put(binding, store);
        return this;
    }

    /**
     * Vectors that the function binds under this name: {@link MemoryVectors}, or whatever the test
     * has. Functions under test that are given the same ones share them.
     */
    public TestFunction vectors(String binding, Vectors store) {
        changing().vectors.put(binding, store);
        return this;
    }

    /** Runs a call of another function. */
    Reply called(String function, Object payload, Chain chain) {
        requireStarted();
        return caller.called(function, payload, chain);
    }

    /**
     * Starts the function if it has not started.
     *
     * @throws Exception what the function's {@code start} threw
     */
    public TestFunction start() throws Exception {
        if (!started) {
            handler.start(new TestFunctionContext(settings, log.of(""), json));
            started = true;
        }
        return this;
    }

    /** Sends a GET. */
    public TestResponse get(String target) {
        return request("GET", target).send();
    }

    /** Sends a POST with text in UTF-8. */
    public TestResponse post(String target, String body, String contentType) {
        return request("POST", target).body(body, contentType).send();
    }

    /** Sends a POST with bytes. */
    public TestResponse post(String target, byte[] body, String contentType) {
        return request("POST", target).body(body, contentType).send();
    }

    /**
     * Begins a request.
     *
     * @param target an encoded path, with a query or without, e.g. {@code /find?q=loom}
     */
    public TestRequest request(String method, String target) {
        return new TestRequest(
                method,
                target,
                json,
                request -> {
                    requireStarted();
                    return caller.http(request);
                });
    }

    /** Calls a typed function with a value that is written as JSON first. */
    public TestResponse typed(Object input) {
        return request("POST", "/").json(input).send();
    }

    /** Delivers an event for the first time. */
    public EventResult event(Event event) {
        return event(event, 1);
    }

    /** Delivers an event for the given time. */
    public EventResult event(Event event, int attempt) {
        requireStarted();
        return caller.event(event, attempt);
    }

    /**
     * Delivers events as one batch for the first time.
     *
     * @return what became of each, in the same order
     */
    public List<EventResult> batch(List<Event> events) {
        requireStarted();
        return caller.batch(events);
    }

    /** Begins an event whose data can be JSON. */
    public Event.Builder newEvent(String type) {
        return Event.builder(type, json);
    }

    /** What the function has logged so far. */
    public TestLog log() {
        return log;
    }

    /** What the function has published so far, in order. */
    public List<Published> published() {
        synchronized (published) {
            return List.copyOf(published);
        }
    }

    /** The JSON reader and writer that the function gets. */
    public Json json() {
        return json;
    }

    /**
     * Ends the function if it has started.
     *
     * @throws IllegalStateException when the function's {@code close} failed
     */
    @Override
    public void close() {
        if (!started) {
            return;
        }
        started = false;
        try {
            handler.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing " + settings.name + " failed: " + e, e);
        }
    }

    private void requireStarted() {
        try {
            start();
        } catch (Exception e) {
            throw new IllegalStateException("starting " + settings.name + " failed: " + e, e);
        }
    }

    private Settings changing() {
        if (started) {
            throw new IllegalStateException("settings come before the first call");
        }
        return settings;
    }
}
