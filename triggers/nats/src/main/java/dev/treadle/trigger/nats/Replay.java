package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Releases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Runs events of a trigger's stream again, in the stream's order. It reads beside the trigger's own
 * consumer, which notices nothing, acknowledges nothing, and makes no dead letters: an event that
 * fails is told, and is still in the stream. Safe for threads.
 */
public final class Replay {
    /** Enough to keep a function busy that waits for others. */
    private static final int AT_ONCE = 16;

    private final NatsSession session;
    private final Dispatcher dispatcher;
    private final Releases releases;
    private final RandomGenerator random;

    public Replay(
            NatsSession session, Dispatcher dispatcher, Releases releases, RandomGenerator random) {
        this.session = session;
        this.dispatcher = dispatcher;
        this.releases = releases;
        this.random = random;
    }

    /** What is done with each event. */
    public sealed interface Mode {
        /** It runs, and what it does is done. */
        record Real(Target target) implements Mode {}

        /** It runs dry: what it would publish is told. */
        record Dry(Target target) implements Mode {}

        /** It runs dry on two releases. */
        record Compare(Target before, Target after) implements Mode {}
    }

    /**
     * What to replay, and how.
     *
     * @param trigger whose events, and its rule for retries
     * @param perSecond how many begin in a second at most; zero for no limit
     * @param id what tells the message ids of this replay from those of others; when there is none,
     *     the release that runs does
     */
    public record Plan(
            NatsTriggerConfig trigger,
            Selection wanted,
            Mode mode,
            int perSecond,
            Optional<String> id) {}

    /**
     * One event that has run.
     *
     * @param outputs one, or two where two releases are compared
     */
    public record Ran(long sequence, String subject, Instant published, List<Output> outputs) {}

    /**
     * What has been done.
     *
     * @param events how many events ran
     * @param passedOver how many did not match a filter
     * @param dropped how many numbers of the range the stream has dropped meanwhile, before they
     *     were reached
     * @param complete whether all that was wanted has run
     * @param trouble why the stream could not be read to the end
     */
    public record Summary(
            long events,
            long passedOver,
            long dropped,
            boolean complete,
            Optional<String> trouble) {}

    /** Hears how it goes, on the thread that replays. */
    public interface Watcher {
        /** The events have been found; called once, before anything else. */
        void begins(StreamRange range);

        /** An event has run; called in the stream's order. Says whether to go on. */
        boolean ran(Ran event);

        /** Asked twice a second while nothing is told. Says whether to go on. */
        boolean isListening();
    }

    /**
     * Replays; returns when all has ended, or the watcher wants no more, or the stream cannot be
     * read on, and what had begun has ended.
     *
     * @throws EventsGone when the stream is not there, or has nothing of what is wanted any more
     * @throws NatsUnavailable when the stream cannot be read from the start
     */
    public Summary run(Plan plan, Watcher watcher) {
        StopSign stop = new StopSign();
        StreamLook look = new StreamLook(session, plan.trigger().stream(), stop);
        StreamRange range = StreamRange.find(look, plan.trigger(), plan.wanted());
        watcher.begins(range);
        StreamReader reader = new StreamReader(look, range, plan.trigger(), plan.wanted(), stop);
        ReplayRun run = new ReplayRun(plan, dispatcher, releases, random, stop);
        Tally tally = new Tally(watcher);
        Optional<String> trouble = Optional.empty();
        try {
            new PacedRuns(inOrder(plan) ? 1 : AT_ONCE, plan.perSecond(), stop)
                    .run(reader, event -> ran(run, plan.mode(), event), tally);
        } catch (NatsUnavailable | EventsGone e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        boolean complete = trouble.isEmpty() && !stop.isUp();
        return new Summary(tally.events, reader.passedOver(), reader.dropped(), complete, trouble);
    }

    /**
     * Dry runs change nothing, so that their order does not matter; where keys have an order, the
     * stream's order keeps it.
     */
    private static boolean inOrder(Plan plan) {
        return plan.mode() instanceof Mode.Real
                && !(plan.trigger().order() instanceof EventOrder.None);
    }

    private static Ran ran(ReplayRun run, Mode mode, StoredEvent event) {
        List<Output> outputs =
                switch (mode) {
                    case Mode.Real(Target target) -> List.of(run.real(event, target));
                    case Mode.Dry(Target target) -> List.of(run.dry(event, target));
                    case Mode.Compare(Target before, Target after) ->
                            List.of(run.dry(event, before), run.dry(event, after));
                };
        return new Ran(event.sequence(), event.subject(), event.published(), outputs);
    }

    /** Passes on what has run, and counts it. */
    private static final class Tally implements PacedRuns.Sink<Ran> {
        private final Watcher watcher;
        private long events;

        Tally(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public boolean take(Ran event) {
            events++;
            return watcher.ran(event);
        }

        @Override
        public boolean isWanted() {
            return watcher.isListening();
        }
    }
}
