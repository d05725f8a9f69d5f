package dev.treadle.server.events;

import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.EventCounts;
import dev.treadle.trigger.nats.NatsTrigger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a JetStream trigger fares.
 *
 * @param function whose it is
 * @param trigger its name within the function
 * @param state whether it works, and why not
 * @param counts what has become of its events on this node, since the trigger's settings changed or
 *     the node started
 * @param inFlight how many events run on this node
 * @param backlog how the consumer fares on all nodes together; empty when it is not known
 * @param deadLetters how many of its events are kept as dead letters; empty when it is not known
 */
public record EventStatus(
        String function,
        String trigger,
        NatsTrigger.State state,
        EventCounts counts,
        int inFlight,
        Optional<NatsTrigger.Backlog> backlog,
        OptionalLong deadLetters) {

    static EventStatus of(
            NatsTrigger trigger,
            Optional<NatsTrigger.Backlog> backlog,
            Optional<Map<DeadLetterStore.Owner, Long>> letters) {
        DeadLetterStore.Owner owner = owner(trigger);
        return new EventStatus(
                owner.function(),
                owner.trigger(),
                trigger.state(),
                trigger.counts(),
                trigger.inFlight(),
                backlog,
                letters.map(counts -> OptionalLong.of(counts.getOrDefault(owner, 0L)))
                        .orElse(OptionalLong.empty()));
    }

    static DeadLetterStore.Owner owner(NatsTrigger trigger) {
        return new DeadLetterStore.Owner(
                trigger.config().target().function(), trigger.config().name());
    }
}
