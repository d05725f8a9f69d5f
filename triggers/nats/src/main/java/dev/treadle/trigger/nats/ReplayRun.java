package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.Effects;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Releases;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Runs single events of a replay: tries, waits and tries again. Safe for threads. */
final class ReplayRun {
    /** Of a function that stays busy: some ten minutes. */
    private static final int REFUSALS_MAX = 600;

    private static final RetryRule ONCE =
            new RetryRule(1, List.of(Duration.ofSeconds(1)), RetryRule.Jitter.NONE);

    private final NatsTriggerConfig trigger;
    private final Optional<String> id;
    private final Dispatcher dispatcher;
    private final Releases releases;
    private final RandomGenerator random;
    private final StopSign stop;

    ReplayRun(
            Replay.Plan plan,
            Dispatcher dispatcher,
            Releases releases,
            RandomGenerator random,
            StopSign stop) {
        this.trigger = plan.trigger();
        this.id = plan.id();
        this.dispatcher = dispatcher;
        this.releases = releases;
        this.random = random;
        this.stop = stop;
    }

    /** What an attempt is made of. */
    private record Attempt(Target target, String name, OptionalInt release, RetryRule retry) {}

    /** Runs an event as often as the trigger's rule says. */
    Output real(StoredEvent event, Target target) {
        OptionalInt release = choose(event, target);
        String run = id.orElseGet(() -> release.isEmpty() ? "v0" : "v" + release.getAsInt());
        Lineage lineage =
                NatsEvents.lineage(event.message(), "replay:" + run + ":" + event.origin());
        Attempt attempt = new Attempt(target, "replay:" + trigger.name(), release, trigger.retry());
        return tries(event, attempt, lineage, Optional.empty());
    }

    /** Runs an event once. Its ids are those of its first delivery, on whatever release. */
    Output dry(StoredEvent event, Target target) {
        Attempt attempt =
                new Attempt(target, "dry-run:" + trigger.name(), choose(event, target), ONCE);
        Lineage lineage = NatsEvents.lineage(event.message(), event.origin());
        return tries(event, attempt, lineage, Optional.of(new DryRun()));
    }

    private OptionalInt choose(StoredEvent event, Target target) {
        return releases.choose(target, Attempts.chance(event.sequence()));
    }

    /** A refused try has run nothing, so that a dry run has captured nothing before the next. */
    private Output tries(
            StoredEvent event, Attempt attempt, Lineage lineage, Optional<DryRun> dry) {
        DispositionRule rule = new DispositionRule(attempt.retry(), random);
        int number = 1;
        for (int refusals = 0; ; ) {
            String invocation = dispatcher.newInvocationId();
            Outcome outcome =
                    ended(
                            dispatcher.dispatch(
                                    new InvocationRequest(
                                            invocation,
                                            attempt.target(),
                                            attempt.name(),
                                            lineage.attempt(number, attempt.release()),
                                            new NatsInput(event.message(), event.arrival()),
                                            dry.map(DryRun::effects).orElse(Effects.REAL))),
                            dry);
            if (isFinal(outcome)
                    || refusals == REFUSALS_MAX
                    || !(rule.of(outcome, number)
                            instanceof Disposition.Retry(Duration pause, boolean attempted))
                    || !stop.rest(pause)) {
                return output(invocation, attempt, number, outcome, dry);
            }
            number += attempted ? 1 : 0;
            refusals += attempted ? 0 : 1;
        }
    }

    private static Outcome ended(Outcome outcome, Optional<DryRun> dry) {
        if (dry.isPresent()) {
            return dry.get().end(outcome);
        }
        return outcome instanceof Outcome.Streaming streaming
                ? streaming.body().writeTo(OutputStream.nullOutputStream())
                : outcome;
    }

    /** A node that stops, or a function that is gone, will not run the event later either. */
    private static boolean isFinal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.code() == ErrorCode.NODE_DRAINING;
            case Outcome.Failed failed -> failed.code() == ErrorCode.NO_FUNCTION;
            case Outcome.Succeeded _, Outcome.Expired _, Outcome.Streaming _ -> false;
        };
    }

    private static Output output(
            String invocation, Attempt attempt, int number, Outcome outcome, Optional<DryRun> dry) {
        return new Output(
                invocation,
                attempt.release(),
                number,
                end(outcome),
                dry.map(DryRun::answer).orElse(Output.Answer.NONE),
                dry.map(DryRun::publishes).orElse(List.of()),
                dry.map(DryRun::changes).orElse(List.of()));
    }

    private static Output.End end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                    new Output.End.Succeeded(succeeded.response().status());
            case Outcome.Failed failed ->
                    new Output.End.Failed(
                            "failed", failed.code().id(), failed.message(), failed.cause());
            case Outcome.Expired expired ->
                    new Output.End.Failed(
                            "expired",
                            ErrorCode.FUNCTION_TIMEOUT.id(),
                            "not done within %d ms".formatted(expired.timeout().toMillis()),
                            Optional.empty());
            case Outcome.Refused refused ->
                    new Output.End.Failed(
                            "refused", refused.code().id(), refused.message(), Optional.empty());
            case Outcome.Streaming _ ->
                    throw new IllegalArgumentException("a streamed answer has no end yet");
        };
    }
}
