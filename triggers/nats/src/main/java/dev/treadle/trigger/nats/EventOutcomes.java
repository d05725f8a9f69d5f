package dev.treadle.trigger.nats;

import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.Lineage;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Handles events whose outcomes go somewhere: they are there before the event is answered. Safe for
 * threads.
 */
record EventOutcomes(
        NatsTriggerConfig config, Courier courier, NatsSession session, InstantSource clock)
        implements Handling {
    /** What a message needs beside what an event had and what the function answered. */
    private static final long HEAD_BYTES = 64 * 1024;

    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    @Override
    public Input input(Delivery delivery, NatsEvents.Arrival arrival) {
        return EVENTS.input(delivery, arrival);
    }

    @Override
    public Disposition ended(EventRun.Ended ended) throws IOException, JetStreamApiException {
        return switch (ended.disposition()) {
            case Disposition.Retry retry -> retry;
            case Disposition.Ack ack -> succeeded(ended, ack);
            case Disposition.Bury bury -> failed(ended, bury);
        };
    }

    /** What was done but cannot be told as the manifest wants is given up: somebody must look. */
    private Disposition succeeded(EventRun.Ended ended, Disposition.Ack ack)
            throws IOException, JetStreamApiException {
        try {
            deliver(config.destinations().onSuccess(), ended);
            return ack;
        } catch (Undeliverable e) {
            return new Disposition.Bury(
                    DeadLetter.Reason.PERMANENT,
                    ErrorCode.DEPENDENCY_FAILED.id(),
                    "it was handled, but its outcome cannot be delivered: " + e.getMessage(),
                    Optional.empty());
        }
    }

    private Disposition failed(EventRun.Ended ended, Disposition.Bury bury)
            throws IOException, JetStreamApiException {
        try {
            deliver(config.destinations().onFailure(), ended);
        } catch (Undeliverable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: that event {1} is given up cannot be told: {2}",
                    config.target().function(),
                    ended.attempt().delivery().origin(),
                    e.getMessage());
        }
        return bury;
    }

    private void deliver(Optional<Destination> to, EventRun.Ended ended)
            throws Undeliverable, IOException, JetStreamApiException {
        if (to.isEmpty()) {
            return;
        }
        Delivery delivery = ended.attempt().delivery();
        long bytesMax = (session.require().getMaxPayload() - HEAD_BYTES) / 2;
        Lineage lineage = NatsEvents.lineage(delivery.message(), delivery.origin());
        courier.deliver(
                to.get(),
                new Told(
                        "outcome:" + config.durable() + ":" + delivery.origin(),
                        config.target().function(),
                        OutcomeEvents.of(config, ended, bytesMax, clock.instant()),
                        lineage.hops(),
                        lineage.trace()));
    }
}
