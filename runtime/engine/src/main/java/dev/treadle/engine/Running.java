package dev.treadle.engine;

import dev.treadle.Invocation;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way. Made and ended by the thread that runs it; the watchdog may interrupt that
 * thread in between, never before or after.
 */
final class Running extends DeadlineList.Expiring implements Invocation {
    private static final AtomicIntegerFieldUpdater<Running> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Running.class, "state");
    private static final int RUNNING = 0;
    private static final int INTERRUPTING = 1;
    private static final int EXPIRED = 2;
    private static final int ENDED = 3;

    final InvocationRequest request;
    final FunctionInstance instance;
    final long arrivedMillis;
    final long arrivedNanos;
    final long loadNanos;

    /** When it got through the gate. */
    long startedNanos;

    private final Thread thread = Thread.currentThread();
    private volatile long deadlineNanos;
    private volatile int state;
    private volatile @Nullable String traceparent;
    private int events;
    private int publishes;

    Running(
            InvocationRequest request,
            FunctionInstance instance,
            long arrivedMillis,
            long arrivedNanos,
            long loadNanos) {
        this.request = request;
        this.instance = instance;
        this.arrivedMillis = arrivedMillis;
        this.arrivedNanos = arrivedNanos;
        this.loadNanos = loadNanos;
        this.deadlineNanos = arrivedNanos + loadNanos + instance.limits().timeout().toNanos();
    }

    @Override
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Gives a streamed answer its own, longer time. Only while in no list. */
    void extend(Duration timeout) {
        deadlineNanos = arrivedNanos + loadNanos + timeout.toNanos();
    }

    @Override
    void expire() {
        if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            thread.interrupt();
            state = EXPIRED;
        }
    }

    /**
     * Ends the call: from here on nobody interrupts the thread on its behalf.
     *
     * @return whether it ended by itself, not by its deadline
     */
    boolean end() {
        if (STATE.compareAndSet(this, RUNNING, ENDED)) {
            return true;
        }
        while (state == INTERRUPTING) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        return false;
    }

    /** The next number for an event that the function makes. */
    synchronized int nextEvent() {
        return ++events;
    }

    /** The next number for an event that the function publishes. */
    synchronized int nextPublish() {
        return ++publishes;
    }

    @Override
    public String id() {
        return request.id();
    }

    @Override
    public String function() {
        return instance.function();
    }

    @Override
    public int release() {
        return instance.release();
    }

    @Override
    public String alias() {
        return request.target().reference();
    }

    @Override
    public int attempt() {
        return request.lineage().attempt();
    }

    @Override
    public String trigger() {
        return request.trigger();
    }

    @Override
    public Instant deadline() {
        return Instant.ofEpochMilli(arrivedMillis).plusNanos(deadlineNanos - arrivedNanos);
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    @Override
    public String traceparent() {
        String known = traceparent;
        return known == null ? beginSpan() : known;
    }

    private synchronized String beginSpan() {
        String known = traceparent;
        if (known != null) {
            return known;
        }
        Optional<TraceContext> caller = request.lineage().trace();
        String traceId =
                caller.map(TraceContext::traceId).orElseGet(() -> randomHex() + randomHex());
        String flags = caller.map(TraceContext::flags).orElse("00");
        String made = "00-" + traceId + "-" + randomHex() + "-" + flags;
        traceparent = made;
        return made;
    }

    @Override
    public Optional<String> tracestate() {
        return request.lineage().trace().flatMap(TraceContext::state);
    }

    /** The trace's id, if the caller sent one or the function asked for one. */
    @Nullable String traceId() {
        String known = traceparent;
        if (known != null) {
            return known.substring(3, 35);
        }
        Optional<TraceContext> caller = request.lineage().trace();
        return caller.isPresent() ? caller.get().traceId() : null;
    }

    private static String randomHex() {
        long bits = ThreadLocalRandom.current().nextLong();
        return HexFormat.of().toHexDigits(bits == 0 ? 1 : bits);
    }
}
