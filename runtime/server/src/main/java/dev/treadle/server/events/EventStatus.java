package dev.treadle.server.events;

import dev.treadle.trigger.nats.EventCounts;
import dev.treadle.trigger.nats.NatsTrigger;
import java.util.Optional;

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
 */
public record EventStatus(
        String function,
        String trigger,
        NatsTrigger.State state,
        EventCounts counts,
        int inFlight,
        Optional<NatsTrigger.Backlog> backlog) {}
