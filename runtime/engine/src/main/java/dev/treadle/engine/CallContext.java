package dev.treadle.engine;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.FunctionContext;
import dev.treadle.Invocation;
import dev.treadle.Json;
import dev.treadle.Log;
import java.time.Instant;
import java.util.Optional;

/** What the platform offers to one call. */
final class CallContext implements Context {
    private final FunctionContext release;
    private final Running call;

    CallContext(FunctionContext release, Running call) {
        this.release = release;
        this.call = call;
    }

    @Override
    public Invocation invocation() {
        return call;
    }

    @Override
    public Event.Builder event(String type) {
        return Event.builder(type, json())
                .id(call.id() + "-" + call.nextEvent())
                .source("/" + function())
                .time(Instant.ofEpochMilli(call.arrivedMillis));
    }

    @Override
    public String function() {
        return release.function();
    }

    @Override
    public int release() {
        return release.release();
    }

    @Override
    public Optional<String> config(String key) {
        return release.config(key);
    }

    @Override
    public Optional<String> secret(String key) {
        return release.secret(key);
    }

    @Override
    public Log log() {
        return release.log();
    }

    @Override
    public Json json() {
        return release.json();
    }
}
