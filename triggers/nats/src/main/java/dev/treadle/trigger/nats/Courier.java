package dev.treadle.trigger.nats;

import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes outcomes to their destinations. What it was given is stored there when it returns; given
 * again, it is the same to the destination. Safe for threads.
 */
public final class Courier {
    private static final System.Logger LOG = System.getLogger(Courier.class.getName());

    /** How large an answer may be that goes with an event. */
    private static final long BYTES_MAX = 512 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Webhooks webhooks;
    private final NatsPublisher publisher;
    private final AsyncCalls calls;
    private final InstantSource clock;

    Courier(Webhooks webhooks, NatsPublisher publisher, AsyncCalls calls, InstantSource clock) {
        this.webhooks = webhooks;
        this.publisher = publisher;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Tells of an invocation that is not tried again, as well as that can be done: what cannot be
     * delivered is a warning in the log.
     *
     * @param outcome its end, not {@link Outcome.Streaming}
     */
    public void tell(Destinations destinations, InvocationRequest request, Outcome outcome) {
        Optional<Destination> to = destinations.of(outcome instanceof Outcome.Succeeded);
        if (to.isEmpty()) {
            return;
        }
        try {
            deliver(
                    to.get(),
                    new Told(
                            "outcome:%s:%s:%s"
                                    .formatted(
                                            request.target().function(),
                                            request.trigger(),
                                            request.lineage().origin()),
                            request.target().function(),
                            OutcomeEvents.of(request, outcome, BYTES_MAX, clock.instant()),
                            request.lineage().hops(),
                            request.lineage().trace()));
        } catch (Undeliverable | IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "%s: the outcome of %s cannot be delivered"
                            .formatted(request.target().function(), request.trigger()),
                    e);
        }
    }

    /**
     * Takes an outcome there.
     *
     * @throws IOException or another exception when it is to be tried again
     */
    void deliver(Destination to, Told told)
            throws Undeliverable, IOException, JetStreamApiException {
        switch (to) {
            case Destination.ToSubject(String subject) -> publish(subject, told);
            case Destination.ToFunction(String function) -> call(function, told);
            case Destination.ToWebhook(var url) ->
                    webhooks.send(
                            new Webhook(
                                    CallIds.of(told.key()),
                                    told.function(),
                                    url,
                                    true,
                                    StructuredWriter.write(told.event())));
        }
    }

    private void publish(String subject, Told told) throws Undeliverable {
        int hops = nextHop("the subject " + subject, told);
        try {
            publisher.publish(subject, told.event(), told.key(), hops, PATIENCE);
        } catch (NatsPublisher.NoStream | NatsPublisher.BadSubject e) {
            throw new Undeliverable(String.valueOf(e.getMessage()), e);
        }
    }

    private void call(String function, Told told) throws Undeliverable {
        int hops = nextHop("the function " + function, told);
        byte[] body = StructuredWriter.write(told.event());
        Target target = Target.live(function);
        try {
            AsyncCalls.Room room = calls.admit(target, Optional.empty());
            if (body.length > room.bytesMax()) {
                throw new Undeliverable(
                        "the event has %d bytes; %s of %s allows %d"
                                .formatted(body.length, room.rule(), function, room.bytesMax()));
            }
            calls.store(
                    new StoredRequest(
                            CallIds.of(told.key() + ":" + function),
                            target,
                            AsyncTrigger.NAME,
                            RequestHead.post(
                                    Map.of("content-type", List.of(StructuredWriter.MEDIA_TYPE))),
                            Optional.empty(),
                            told.trace(),
                            hops,
                            clock.instant(),
                            body));
        } catch (AsyncCalls.Rejected e) {
            if (e.code() == ErrorCode.NATS_UNAVAILABLE) {
                throw e;
            }
            throw new Undeliverable(String.valueOf(e.getMessage()), e);
        }
    }

    private static int nextHop(String to, Told told) throws Undeliverable {
        int hops = told.hops() + 1;
        if (hops > Lineage.HOPS_MAX) {
            throw new Undeliverable(
                    "%s would be the end of a chain of %d events; %d are allowed: functions seem to cause each other's events in a circle"
                            .formatted(to, hops, Lineage.HOPS_MAX));
        }
        return hops;
    }
}
