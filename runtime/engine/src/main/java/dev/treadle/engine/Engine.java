package dev.treadle.engine;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Publisher;
import dev.treadle.trigger.Releases;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions. A call goes straight down on its own thread: find the function, pick a release by
 * the alias, load it if need be, pass its gate, call the handler under a deadline, write down what
 * became of it. Safe for threads.
 */
public final class Engine implements Dispatcher, Releases, AutoCloseable {
    /** Each try but the last met a release that was just being replaced. */
    private static final int TRIES_MAX = 100;

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Deadlines deadlines = new Deadlines();
    private final LogStore logs;
    private final RecordStore records;
    private final Loading loading;
    private final FunctionTable functions;
    private final InvocationIds ids;
    private volatile boolean draining;

    public Engine(
            EngineConfig config,
            ArtifactStore artifacts,
            Secrets secrets,
            Publisher publisher,
            Bindings bindings,
            InstantSource clock) {
        this.clock = clock;
        this.logs = new LogStore(config.logLinesMax(), config.logBytesMax());
        this.records = new RecordStore(config.recordsMax());
        this.loading =
                new Loading(
                        config,
                        artifacts,
                        deadlines,
                        new Offers(secrets, publisher, new Calls(this, clock), bindings),
                        logs,
                        clock);
        this.functions = new FunctionTable(loading, logs, records);
        this.ids = new InvocationIds(clock, new SecureRandom());
    }

    @Override
    public String newInvocationId() {
        return ids.next();
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        if (draining) {
            return new Outcome.Refused(
                    ErrorCode.NODE_DRAINING, "This node is stopping", BUSY_PAUSE);
        }
        return dispatch(request, null);
    }

    /** Runs a call of another, also while the node waits for that one to end. */
    Outcome dispatch(InvocationRequest request, @Nullable Running parent) {
        for (int i = 0; i < TRIES_MAX; i++) {
            InvocationRequest.Target target = request.target();
            FunctionEntry entry = functions.find(target.function());
            ReleaseSlot slot =
                    entry == null
                            ? null
                            : entry.pick(target.reference(), request.lineage().release());
            if (slot == null) {
                return unknown(target, entry);
            }
            Outcome outcome = tryRelease(request, parent, slot);
            if (outcome != null) {
                return outcome;
            }
        }
        return new Outcome.Refused(
                ErrorCode.FUNCTION_BUSY,
                "The function is being deployed over and over",
                BUSY_PAUSE);
    }

    @Override
    public OptionalInt choose(InvocationRequest.Target target, long chance) {
        FunctionEntry entry = functions.find(target.function());
        ReleaseSlot slot = entry == null ? null : entry.choose(target.reference(), chance);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot.release().number());
    }

    /** Runs a release; null when it was replaced meanwhile and the alias must be asked again. */
    private @Nullable Outcome tryRelease(
            InvocationRequest request, @Nullable Running parent, ReleaseSlot slot) {
        long arrivedMillis = clock.millis();
        long arrivedNanos = System.nanoTime();
        FunctionInstance instance = slot.loaded();
        long loadNanos = 0;
        if (instance == null) {
            try {
                instance = slot.instance();
            } catch (LoadFailure e) {
                return new Ending(slot).loadFailed(request, parent, e, arrivedMillis, arrivedNanos);
            }
            loadNanos = System.nanoTime() - arrivedNanos;
        }
        Running call =
                new Running(request, parent, instance, arrivedMillis, arrivedNanos, loadNanos);
        call.join();
        Admission admission = Admission.of(call);
        if (admission == Admission.IN) {
            return new Run(call, slot).run();
        }
        call.part();
        return admission == Admission.CLOSED
                ? null
                : new Ending(slot)
                        .refused(call, admission.code(), admission.reason(call), BUSY_PAUSE);
    }

    private static Outcome unknown(InvocationRequest.Target target, @Nullable FunctionEntry entry) {
        String message =
                entry == null
                        ? "There is no function '%s'".formatted(target.function())
                        : "%s has no alias or release '%s'"
                                .formatted(target.function(), target.reference());
        return new Outcome.Failed(
                ErrorCode.NO_FUNCTION,
                ErrorCode.NO_FUNCTION.status(),
                message,
                true,
                Duration.ZERO);
    }

    /** What is deployed on this node. */
    public FunctionTable functions() {
        return functions;
    }

    public LogStore logs() {
        return logs;
    }

    public RecordStore records() {
        return records;
    }

    /** Whether thread locals that functions leave on threads are taken off. */
    public static boolean isolatesThreadLocals() {
        return ThreadState.isolatesThreadLocals();
    }

    /**
     * Refuses new calls and waits for those that run.
     *
     * @return whether all had ended within the patience
     */
    public boolean drain(Duration patience) {
        draining = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (functions.inFlight() > 0) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return true;
    }

    /** Closes all functions, and has closed them when this returns. */
    @Override
    public void close() {
        draining = true;
        functions.empty();
        loading.close();
        deadlines.close();
    }
}
