package dev.treadle.testing;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.FunctionContext;
import dev.treadle.Invocation;
import dev.treadle.Json;
import dev.treadle.Kv;
import dev.treadle.Log;
import dev.treadle.Model;
import dev.treadle.Reply;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What one call has. Safe for threads. */
final class TestContext implements Context {
    private final FunctionContext loaded;
    private final TestInvocation invocation;
    private final Log log;
    private final String eventSeed;
    private final Consumer<Published> publisher;
    private final TestCalls calls;
    private final Settings settings;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger publishes = new AtomicInteger();

    /**
     * @param eventSeed what the ids of new events follow from
     * @param publisher takes what is published
     * @param calls reach other functions
     * @param settings has what is bound
     */
    TestContext(
            FunctionContext loaded,
            TestInvocation invocation,
            Log log,
            String eventSeed,
            Consumer<Published> publisher,
            TestCalls calls,
            Settings settings) {
        this.loaded = loaded;
        this.invocation = invocation;
        this.log = log;
        this.eventSeed = eventSeed;
        this.publisher = publisher;
        this.calls = calls;
        this.settings = settings;
    }

    @Override
    public Invocation invocation() {
        return invocation;
    }

    @Override
    public Event.Builder event(String type) {
        return Event.builder(type, json())
                .id(eventSeed + "-" + events.incrementAndGet())
                .source("/" + function())
                .time(invocation.clock().instant());
    }

    @Override
    public void publish(String subject, Event event) {
        String messageId = "%s:%s:%d".formatted(function(), eventSeed, publishes.incrementAndGet());
        publisher.accept(new Published(subject, event, messageId));
    }

    @Override
    public Reply call(String function, Object payload) {
        return calls.call(function, payload);
    }

    @Override
    public Kv kv(String binding) {
        return settings.kv(binding);
    }

    @Override
    public Table table(String binding) {
        return settings.table(binding);
    }

    @Override
    public Blobs blobs(String binding) {
        return settings.blobs(binding);
    }

    @Override
    public Model model(String binding) {
        return settings.model(binding);
    }

    @Override
    public Search search(String binding) {
        return settings.search(binding);
    }

    @Override
    public Vectors vectors(String binding) {
        return settings.vectors(binding);
    }

    @Override
    public String function() {
        return loaded.function();
    }

    @Override
    public int release() {
        return loaded.release();
    }

    @Override
    public Optional<String> config(String key) {
        return loaded.config(key);
    }

    @Override
    public Optional<String> secret(String key) {
        return loaded.secret(key);
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Json json() {
        return loaded.json();
    }
}
