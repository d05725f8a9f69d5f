package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.service.Service;
import io.nats.service.ServiceEndpoint;
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

    private final RpcTriggerConfig config;
    private final NatsSession session;
    private final RpcCalls calls;
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
        this.calls = new RpcCalls(dispatcher, clock);
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
                        .handler(
                                message ->
                                        calls.hear(
                                                connection,
                                                message,
                                                config.target(),
                                                config.name()))
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
        return calls.awaitIdle(patience);
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
