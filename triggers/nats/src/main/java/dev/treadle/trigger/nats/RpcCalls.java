package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.nats.service.ServiceMessage;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** Runs functions on requests, each on a thread of its own, and answers. Safe for threads. */
final class RpcCalls {
    private static final System.Logger LOG = System.getLogger(RpcCalls.class.getName());
    private static final int INSIDE_MAX = 10_000;

    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final Demand inside = new Demand(INSIDE_MAX);

    RpcCalls(Dispatcher dispatcher, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /**
     * Takes a request in; returns at once.
     *
     * @param trigger the trigger's name for records
     */
    void hear(Connection connection, ServiceMessage message, Target target, String trigger) {
        if (inside.running() >= INSIDE_MAX) {
            RpcReplies.refuse(connection, message, "this node has too many requests");
            return;
        }
        var _ = inside.arrived();
        Thread.ofVirtual()
                .name("nats-rpc-" + target.function())
                .start(() -> answer(connection, message, target, trigger));
    }

    private void answer(
            Connection connection, ServiceMessage message, Target target, String trigger) {
        String id = dispatcher.newInvocationId();
        try {
            Outcome outcome = dispatcher.dispatch(request(id, message, target, trigger));
            RpcReplies.send(connection, message, id, outcome);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, message.getSubject() + ": no answer sent", e);
        } finally {
            var _ = inside.left();
        }
    }

    private InvocationRequest request(
            String id, ServiceMessage received, Target target, String trigger) {
        Message message =
                NatsMessage.builder()
                        .subject(received.getSubject())
                        .headers(received.getHeaders())
                        .data(received.getData())
                        .build();
        NatsEvents.Arrival arrival =
                new NatsEvents.Arrival(
                        id, URI.create("/subjects/" + received.getSubject()), clock.instant());
        return InvocationRequest.once(
                id,
                target,
                trigger,
                NatsEvents.trace(message),
                new RpcInput(message, new NatsInput(message, arrival)));
    }

    /** Waits until all that was taken in has been answered; false when the patience ends first. */
    boolean awaitIdle(Duration patience) {
        return inside.awaitIdle(patience.toNanos());
    }
}
