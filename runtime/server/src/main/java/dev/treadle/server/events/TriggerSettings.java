package dev.treadle.server.events;

import dev.treadle.registry.Ordering;
import dev.treadle.registry.Retry;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.nats.BatchRule;
import dev.treadle.trigger.nats.Destination;
import dev.treadle.trigger.nats.Destinations;
import dev.treadle.trigger.nats.EventFilter;
import dev.treadle.trigger.nats.EventKey;
import dev.treadle.trigger.nats.EventOrder;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.RetryRule;
import dev.treadle.trigger.nats.RpcTriggerConfig;
import dev.treadle.trigger.nats.StartPosition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns what manifests declare into the settings of triggers. */
public final class TriggerSettings {
    private static final Duration DEAD_LETTER_AGE_MAX = Duration.ofDays(365);

    private TriggerSettings() {}

    /** Why a declared trigger cannot be served; empty when it can. */
    public static Optional<String> obstacle(TriggerSpec.Nats nats) {
        if (nats.batch().isPresent() && !(nats.ordering() instanceof Ordering.None)) {
            return Optional.of(
                    "`batch` wants `ordering: none`: an event of a batch that fails comes again after later ones");
        }
        if (nats.deadLetter().maxAge().compareTo(DEAD_LETTER_AGE_MAX) > 0) {
            return Optional.of("`deadLetter.maxAge` is at most 365d");
        }
        try {
            var _ = nats.filter().map(EventFilter::parse);
        } catch (IllegalArgumentException e) {
            return Optional.of("`filter`: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** For a JetStream trigger. */
    public static NatsTriggerConfig nats(Target target, String name, TriggerSpec.Nats nats) {
        return new NatsTriggerConfig(
                target,
                name,
                nats.stream(),
                nats.subject(),
                order(nats.ordering()),
                nats.batch().map(batch -> new BatchRule(batch.size(), batch.maxWait())),
                nats.concurrency(),
                retry(nats.retry()),
                nats.maxAge(),
                nats.filter().map(EventFilter::parse),
                start(nats.start()),
                nats.create().map(TriggerSpec.NewStream::subjects).orElse(List.of()),
                nats.ordering() instanceof Ordering.Key
                        ? NatsTriggerConfig.LED_ACK_WAIT
                        : NatsTriggerConfig.ACK_WAIT,
                destinations(nats.destinations()));
    }

    /** Where outcomes go. */
    public static Destinations destinations(dev.treadle.registry.Destinations destinations) {
        return new Destinations(
                destinations.onSuccess().map(TriggerSettings::destination),
                destinations.onFailure().map(TriggerSettings::destination));
    }

    private static Destination destination(dev.treadle.registry.Destination to) {
        return switch (to) {
            case dev.treadle.registry.Destination.ToSubject(String subject) ->
                    new Destination.ToSubject(subject);
            case dev.treadle.registry.Destination.ToFunction(var function) ->
                    new Destination.ToFunction(function.value());
            case dev.treadle.registry.Destination.ToWebhook(var url) ->
                    new Destination.ToWebhook(url);
        };
    }

    /** For a request/reply trigger. */
    static RpcTriggerConfig rpc(Target target, String name, TriggerSpec.Rpc rpc) {
        return new RpcTriggerConfig(
                target, name, rpc.subject(), rpc.queue().orElse("treadle-" + target.function()));
    }

    private static EventOrder order(Ordering ordering) {
        return switch (ordering) {
            case Ordering.None _ -> new EventOrder.None();
            case Ordering.Strict _ -> new EventOrder.Strict();
            case Ordering.Key(Ordering.KeySource source) -> new EventOrder.Key(key(source));
        };
    }

    private static EventKey key(Ordering.KeySource source) {
        return switch (source) {
            case Ordering.KeySource.Subject _ -> new EventKey.Subject();
            case Ordering.KeySource.Token(int position) -> new EventKey.Token(position);
            case Ordering.KeySource.Attribute(String name) -> new EventKey.Attribute(name);
            case Ordering.KeySource.Header(String name) -> new EventKey.Header(name);
        };
    }

    static RetryRule retry(Retry retry) {
        RetryRule.Jitter jitter =
                switch (retry.jitter()) {
                    case NONE -> RetryRule.Jitter.NONE;
                    case FULL -> RetryRule.Jitter.FULL;
                    case EQUAL -> RetryRule.Jitter.EQUAL;
                };
        return new RetryRule(retry.attempts(), retry.backoff(), jitter);
    }

    private static StartPosition start(dev.treadle.registry.StartPosition start) {
        return switch (start) {
            case dev.treadle.registry.StartPosition.All _ -> new StartPosition.All();
            case dev.treadle.registry.StartPosition.New _ -> new StartPosition.New();
            case dev.treadle.registry.StartPosition.Sequence(long number) ->
                    new StartPosition.Sequence(number);
            case dev.treadle.registry.StartPosition.Time(var time) -> new StartPosition.Time(time);
        };
    }
}
