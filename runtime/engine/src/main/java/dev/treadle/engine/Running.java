package dev.treadle.engine;

import dev.treadle.Invocation;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
    final @Nullable Running parent;
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
    private int calls;

    /** The calls it waits for, and those of threads that it started; guarded by this. */
    private @Nullable List<Running> children;

    /**
     * @param parent the call that waits for this one's answer
     */
    Running(
            InvocationRequest request,
            @Nullable Running parent,
            FunctionInstance instance,
            long arrivedMillis,
            long arrivedNanos,
            long loadNanos) {
        this.request = request;
        this.instance = instance;
        this.arrivedMillis = arrivedMillis;
        this.arrivedNanos = arrivedNanos;
        this.loadNanos = loadNanos;
        this.parent = parent;
        this.deadlineNanos = within(instance.timeoutNanos());
    }

    /** After so long from now, but not after those that wait for this call. */
    private long within(long timeoutNanos) {
        long own = arrivedNanos + Math.min(loadNanos + timeoutNanos, patienceNanos());
        return parent == null || parent.deadlineNanos - own > 0 ? own : parent.deadlineNanos;
    }

    private long patienceNanos() {
        return request.patience().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    @Override
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Gives a streamed answer its own, longer time. Only while in no list. */
    void extend(Duration timeout) {
        deadlineNanos = within(timeout.toNanos());
    }

    /** How much time it was given. */
    Duration allowed() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - arrivedNanos - loadNanos));
    }

    /** A call whose deadline is that of the one that waits for it ends together with that one. */
    @Override
    void expire() {
        if (parent != null && parent.deadlineNanos - deadlineNanos <= 0) {
            parent.expire();
        }
        stop();
    }

    /** The innermost first: they are on the same thread, and each is to know why. */
    private void stop() {
        if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            children().forEach(Running::stop);
            thread.interrupt();
            state = EXPIRED;
        }
    }

    /** Has a call of this one end with it, until the other has ended. */
    private void adopt(Running child) {
        synchronized (this) {
            List<Running> all = children == null ? new ArrayList<>(2) : children;
            all.add(child);
            children = all;
        }
        if (state == INTERRUPTING || state == EXPIRED) {
            child.stop();
        }
    }

    private synchronized List<Running> children() {
        return children == null ? List.of() : List.copyOf(children);
    }

    private synchronized void release(Running child) {
        if (children != null) {
            children.remove(child);
        }
    }

    /** Has it end no later than the call that waits for it. */
    void join() {
        if (parent != null) {
            parent.adopt(this);
        }
    }

    /** The opposite of {@link #join}. */
    void part() {
        if (parent != null) {
            parent.release(this);
        }
    }

    /** How many of the calls that wait for this one are in the same place. */
    int ancestorsIn(FunctionInstance place) {
        int count = 0;
        for (Running each = parent; each != null; each = each.parent) {
            count += each.instance == place ? 1 : 0;
        }
        return count;
    }

    /** Interrupts again when a call of this one has taken the interruption for its own. */
    void interruptAgain() {
        while (state == INTERRUPTING) {
            Thread.onSpinWait();
        }
        if (state == EXPIRED && Thread.currentThread() == thread) {
            thread.interrupt();
        }
    }

    boolean hasEnded() {
        return state == ENDED;
    }

    /**
     * Ends the call: from here on nobody interrupts the thread on its behalf.
     *
     * @return whether it ended by itself, not by its deadline
     */
    boolean end() {
        part();
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

    /** The next number for a call that the function makes. */
    synchronized int nextCall() {
        return ++calls;
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

    /** This run's own place in the trace, for the calls that it makes. */
    TraceContext place() {
        String own = traceparent();
        return new TraceContext(
                own.substring(3, 35), own.substring(36, 52), own.substring(53), tracestate());
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
