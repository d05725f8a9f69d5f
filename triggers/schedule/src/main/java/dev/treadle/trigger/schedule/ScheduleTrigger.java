package dev.treadle.trigger.schedule;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Calls functions by the clock. One thread keeps the time and starts a virtual thread for each tick
 * that is due. A tick is fired at most once: its mark is kept before the function is called. A
 * failed call is not repeated; the next tick comes. Safe for threads.
 */
public final class ScheduleTrigger implements Trigger {
    private static final System.Logger LOG = System.getLogger(ScheduleTrigger.class.getName());
    private static final String NAME = "schedule";

    /** Clocks are set and machines sleep: look at the time at least this often. */
    private static final Duration LOOK_MAX = Duration.ofSeconds(5);

    private final Dispatcher dispatcher;
    private final TickStore store;
    private final InstantSource clock;
    private final ExecutorService runs;
    private final Map<Schedule.Id, Slot> slots = new ConcurrentHashMap<>();
    private final Alarm alarm = new Alarm();
    private final Thread timekeeper;
    private volatile boolean stopping;

    public ScheduleTrigger(Dispatcher dispatcher, TickStore store, InstantSource clock) {
        this(
                dispatcher,
                store,
                clock,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("schedule-", 0).factory()));
    }

    ScheduleTrigger(
            Dispatcher dispatcher, TickStore store, InstantSource clock, ExecutorService runs) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.clock = clock;
        this.runs = runs;
        this.timekeeper = Thread.ofPlatform().daemon().name("schedules").unstarted(this::keepTime);
    }

    /** How a schedule does: runs that go on, ticks that wait for them. */
    public record Status(boolean paused, int running, int waiting) {}

    /**
     * The schedules of one function from now on. One that stays the same goes on undisturbed.
     *
     * @param paused the triggers of this function that are paused
     */
    public synchronized void set(String function, Collection<Schedule> wanted, Set<String> paused) {
        Set<Schedule.Id> gone = new HashSet<>(slots.keySet());
        gone.removeIf(id -> !id.function().equals(function));
        for (Schedule schedule : wanted) {
            gone.remove(schedule.id());
            put(schedule, paused.contains(schedule.id().trigger()));
        }
        boolean nothing = wanted.isEmpty() && gone.isEmpty();
        gone.forEach(this::remove);
        if (!nothing) {
            alarm.ring();
        }
    }

    private void put(Schedule schedule, boolean paused) {
        Instant now = clock.instant();
        Slot slot =
                slots.computeIfAbsent(
                        schedule.id(), _ -> new Slot(schedule, begin(schedule, now), paused));
        if (!slot.schedule().equals(schedule)) {
            slot.change(schedule, now);
            begin(schedule, now);
        }
        slot.pause(paused, now);
    }

    /** Where a schedule goes on: at its mark, or now if it is new. */
    private Instant begin(Schedule schedule, Instant now) {
        Optional<TickStore.Mark> mark =
                store.read(schedule.id()).filter(known -> known.timing().equals(schedule.timing()));
        if (mark.isEmpty()) {
            store.begin(schedule.id(), new TickStore.Mark(schedule.timing(), now));
        }
        return mark.map(TickStore.Mark::last).orElse(now);
    }

    private void remove(Schedule.Id id) {
        Slot slot = slots.remove(id);
        if (slot != null) {
            slot.clear();
        }
        store.forget(id);
    }

    /** How a schedule does; empty when it is not here. */
    public Optional<Status> status(Schedule.Id id) {
        return Optional.ofNullable(slots.get(id)).map(Slot::status);
    }

    @Override
    public void start() {
        timekeeper.start();
    }

    private void keepTime() {
        try {
            while (!stopping) {
                alarm.await(pause(advance()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(Optional<Instant> next) {
        Duration left = next.map(time -> Duration.between(clock.instant(), time)).orElse(LOOK_MAX);
        return left.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : left;
    }

    /** Starts what is due; says when there is more to do. */
    Optional<Instant> advance() {
        Instant now = clock.instant();
        for (Slot slot : slots.values()) {
            Slot.Due due = slot.due(now);
            due.skip().forEach(tick -> skip(slot.schedule(), tick));
            due.start().forEach(tick -> runs.execute(() -> run(slot, tick)));
        }
        return slots.values().stream()
                .flatMap(slot -> slot.next().stream())
                .min(Instant::compareTo);
    }

    /** Runs a tick, and those that have waited for it. */
    private void run(Slot slot, Instant first) {
        Optional<Instant> tick = Optional.of(first);
        while (tick.isPresent()) {
            fire(slot.schedule(), tick.get());
            tick = slot.ended();
        }
    }

    private void skip(Schedule schedule, Instant tick) {
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: the tick of {1} is left out, by the rule for {2}",
                schedule.id(),
                tick,
                tick.isBefore(clock.instant().minus(Slot.LATE_MAX)) ? "missed ticks" : "overlap");
        claim(schedule, tick);
    }

    private boolean claim(Schedule schedule, Instant tick) {
        try {
            return store.claim(schedule.id(), new TickStore.Mark(schedule.timing(), tick));
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "%s: the tick of %s is not fired, for its mark cannot be kept"
                            .formatted(schedule.id(), tick),
                    e);
            return false;
        }
    }

    private void fire(Schedule schedule, Instant time) {
        if (!claim(schedule, time)) {
            return;
        }
        try {
            Tick tick = new Tick(schedule.id(), time);
            Outcome outcome =
                    dispatcher.dispatch(
                            new InvocationRequest(
                                    dispatcher.newInvocationId(),
                                    Target.live(schedule.id().function()),
                                    NAME,
                                    Lineage.first(tick.eventId(), Optional.empty()),
                                    tick));
            report(tick, outcome);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, schedule.id() + ": the tick failed", e);
        }
    }

    private static void report(Tick tick, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded _ ->
                    LOG.log(System.Logger.Level.DEBUG, "{0} succeeded", tick.eventId());
            case Outcome.Streaming streaming -> streaming.body().close();
            case Outcome.Failed failed ->
                    warn(tick, "%s %s".formatted(failed.code().id(), failed.message()));
            case Outcome.Expired expired ->
                    warn(tick, "it ran into its timeout of " + expired.timeout());
            case Outcome.Refused refused ->
                    warn(tick, "%s %s".formatted(refused.code().id(), refused.message()));
        }
    }

    private static void warn(Tick tick, String reason) {
        LOG.log(System.Logger.Level.WARNING, "{0} failed: {1}", tick.eventId(), reason);
    }

    @Override
    public boolean drain(Duration patience) {
        stopping = true;
        alarm.ring();
        try {
            if (timekeeper.getState() != Thread.State.NEW) {
                timekeeper.join();
            }
            slots.values().forEach(Slot::clear);
            runs.shutdown();
            return runs.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stopping = true;
        alarm.ring();
        runs.shutdownNow();
    }
}
