package dev.treadle.engine;

import dev.treadle.Context;
import dev.treadle.Handler;
import dev.treadle.Json;
import dev.treadle.Log;
import dev.treadle.Response;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Release;
import dev.treadle.trigger.Input;
import java.lang.reflect.Type;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One loaded release: its handler, loader, gate and log. What each call asks for is at hand here
 * and not looked up in the manifest: where thousands of functions take turns, a cache has none of
 * it. Safe for threads.
 */
final class FunctionInstance {
    private final Release release;
    private final ReleaseLoader loader;
    private final Gate gate;
    private final DeadlineList deadlines;
    private final ImpatientCalls impatient;
    private final DeadlineList streamDeadlines;
    private final FunctionLog log;
    private final PrintCapture.PartialLine out;
    private final PrintCapture.PartialLine err;
    private final ReleaseContext context;
    private final Offers offers;
    private final Bindings.Opened bindings;
    private final long timeoutNanos;
    private final long payloadBytesMax;
    private volatile boolean prints;
    private volatile @Nullable JacksonJson json;
    private @Nullable Handler handler;
    private @Nullable Callee callee;

    FunctionInstance(
            Release release,
            ReleaseLoader loader,
            Deadlines watchdog,
            Offers offers,
            Bindings.Opened bindings,
            LogStore logs,
            InstantSource clock) {
        this.release = release;
        this.loader = loader;
        this.gate = new Gate(limits().concurrency(), limits().queue());
        this.deadlines = watchdog.list(limits().timeout());
        this.impatient = watchdog.impatient();
        this.streamDeadlines = watchdog.list(limits().stream());
        this.log = new FunctionLog(function(), release.number(), logs, clock);
        this.out = new PrintCapture.PartialLine(log, Log.Level.INFO);
        this.err = new PrintCapture.PartialLine(log, Log.Level.WARN);
        this.offers = offers;
        this.bindings = bindings;
        this.timeoutNanos = limits().timeout().toNanos();
        this.payloadBytesMax = limits().payloadBytes();
        this.context = new ReleaseContext(release, offers.secrets(), log, new LazyJson());
    }

    /** Starts the handler and makes it callable. Once, before this is shown to other threads. */
    void start(Handler started, Callee called) throws Exception {
        started.start(context);
        handler = started;
        callee = called;
    }

    /** Ends the handler. Once, after the last call. */
    void stop() throws Exception {
        Handler started = handler;
        if (started != null) {
            started.close();
        }
    }

    Response call(Running call) throws Exception {
        Callee called = callee;
        if (called == null) {
            throw new IllegalStateException(release + " has not been started");
        }
        Context callContext = new CallContext(context, call, offers);
        Input input = call.request.input();
        return called.call(input, callContext, payloadBytesMax);
    }

    String function() {
        return release.function().value();
    }

    int release() {
        return release.number();
    }

    Manifest manifest() {
        return release.manifest();
    }

    Limits limits() {
        return release.manifest().limits();
    }

    /** {@code limits.timeout}. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    ReleaseLoader loader() {
        return loader;
    }

    Gate gate() {
        return gate;
    }

    DeadlineList deadlines() {
        return deadlines;
    }

    /** For calls whose callers do not wait for ever. */
    ImpatientCalls impatient() {
        return impatient;
    }

    /** For streamed answers, which may last longer. */
    DeadlineList streamDeadlines() {
        return streamDeadlines;
    }

    Bindings.Opened bindings() {
        return bindings;
    }

    FunctionLog log() {
        return log;
    }

    /** Takes what the function prints. */
    PrintCapture.PartialLine partialLine(Log.Level level) {
        prints = true;
        return level == Log.Level.INFO ? out : err;
    }

    /** What a call printed without an end of line is a line too. */
    void endLines(Running call) {
        if (prints) {
            out.end(call);
            err.end(call);
        }
    }

    /** The release's JSON, made when first wanted. */
    JacksonJson json() {
        JacksonJson made = json;
        if (made == null) {
            synchronized (this) {
                made = json;
                if (made == null) {
                    made = new JacksonJson(loader);
                    json = made;
                }
            }
        }
        return made;
    }

    /** Puts off making the mapper until a function reads or writes JSON. */
    private final class LazyJson implements Json {
        @Override
        public <T> T read(byte[] bytes, Type type) {
            return json().read(bytes, type);
        }

        @Override
        public byte[] write(Object value) {
            return json().write(value);
        }
    }
}
