package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.nats.service.Service;
import io.nats.service.ServiceEndpoint;
import io.nats.service.ServiceMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function on requests and sends its answers. It is a NATS micro service: {@code $SRV}
 * requests find it under the function's name. A lost request is the caller's to repeat; nothing is
 * kept. Safe for threads.
 */
public final class RpcTrigger implements Trigger {
    private static final System.Logger LOG = System.getLogger(RpcTrigger.class.getName());
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int INSIDE_MAX = 10_000;

    private final RpcTriggerConfig config;
    private final NatsSession session;
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final Demand inside = new Demand(INSIDE_MAX);
    private final Thread caretaker;

    /** Guards what follows. */
    private final Object lock = new Object();

    private @Nullable Service service;
    private @Nullable Connection servedBy;
    private boolean paused;
    private boolean stopped;

    public RpcTrigger(
            RpcTriggerConfig config,
            NatsSession session,
            Dispatcher dispatcher,
            InstantSource clock) {
        this.config = config;
        this.session = session;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.caretaker =
                Thread.ofVirtual()
                        .name("nats-rpc-" + config.target().function())
                        .unstarted(this::care);
    }

    /** Begins to answer as soon as NATS is there; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
    }

    /** Subscribes to each new connection; the client itself does so after a reconnect. */
    private void care() {
        synchronized (lock) {
            while (!stopped) {
                try {
                    adjust();
                    lock.wait(LOOK.toMillis());
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            config.subject() + " cannot be served yet",
                            e);
                    servedBy = null;
                }
            }
        }
    }

    private void adjust() {
        Optional<Connection> connection = session.connected();
        if (paused) {
            unsubscribe();
        } else if (connection.isPresent() && servedBy != connection.get()) {
            unsubscribe();
            servedBy = connection.get();
            service = subscribe(connection.get());
        }
    }

    private Service subscribe(Connection connection) {
        ServiceEndpoint endpoint =
                ServiceEndpoint.builder()
                        .endpointName(config.name())
                        .endpointSubject(config.subject())
                        .endpointQueueGroup(config.queue())
                        .dispatcher(connection.createDispatcher())
                        .handler(message -> hear(connection, message))
                        .build();
        Service made =
                Service.builder()
                        .connection(connection)
                        .name(config.target().function())
                        .version("1.0.0")
                        .description("A Treadle function")
                        .addServiceEndpoint(endpoint)
                        .build();
        var _ = made.startService();
        return made;
    }

    private void unsubscribe() {
        Service known = service;
        service = null;
        servedBy = null;
        if (known != null) {
            known.stop();
        }
    }

    private void hear(Connection connection, ServiceMessage message) {
        if (inside.running() >= INSIDE_MAX) {
            RpcReplies.refuse(connection, message, "this node has too many requests");
            return;
        }
        inside.arrived();
        Thread.ofVirtual()
                .name("nats-rpc-" + config.target().function())
                .start(() -> answer(connection, message));
    }

    private void answer(Connection connection, ServiceMessage message) {
        String id = dispatcher.newInvocationId();
        try {
            Outcome outcome = dispatcher.dispatch(request(id, message));
            RpcReplies.send(connection, message, id, outcome);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, config.subject() + ": no answer sent", e);
        } finally {
            inside.left();
        }
    }

    private InvocationRequest request(String id, ServiceMessage received) {
        Message message =
                NatsMessage.builder()
                        .subject(received.getSubject())
                        .headers(received.getHeaders())
                        .data(received.getData())
                        .build();
        NatsEvents.Arrival arrival =
                new NatsEvents.Arrival(id, "/subjects/" + received.getSubject(), clock.instant());
        return InvocationRequest.once(
                id,
                config.target(),
                config.name(),
                NatsEvents.trace(message),
                new NatsInput(message, arrival));
    }

    public RpcTriggerConfig config() {
        return config;
    }

    /** Takes no requests in, for as long as it is paused; other nodes do. */
    public void pause(boolean pause) {
        synchronized (lock) {
            paused = pause;
            lock.notifyAll();
        }
    }

    @Override
    public boolean drain(Duration patience) {
        stop();
        return inside.awaitIdle(patience.toNanos());
    }

    private void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
            try {
                unsubscribe();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "the connection was gone before", e);
            }
        }
    }

    @Override
    public void close() {
        stop();
        caretaker.interrupt();
    }
}
