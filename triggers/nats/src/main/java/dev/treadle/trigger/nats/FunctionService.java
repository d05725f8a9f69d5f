package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.service.Service;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests on {@code fn.NAME} with the function of that name. All functions of a node are
 * endpoints of one NATS micro service, {@code treadle}; the nodes that have a function share its
 * requests. A lost request is the caller's to repeat. Safe for threads.
 */
public final class FunctionService implements Trigger {
    /** What comes before the function's name in its subject. */
    public static final String PREFIX = "fn.";

    private static final System.Logger LOG = System.getLogger(FunctionService.class.getName());
    private static final String SERVICE = "treadle";
    private static final String TRIGGER = "fn";
    private static final String QUEUE = "treadle-fn";
    private static final Duration LOOK = Duration.ofMillis(250);

    private final NatsSession session;
    private final RpcCalls calls;
    private final Thread caretaker;

    /** Guards what is wanted. */
    private final Object lock = new Object();

    private final Set<String> wanted = new TreeSet<>();
    private boolean stopped;

    // The caretaker's own from here on.
    private final Set<String> served = new HashSet<>();
    private @Nullable Service service;
    private @Nullable Connection servedBy;

    public FunctionService(NatsSession session, Dispatcher dispatcher, InstantSource clock) {
        this.session = session;
        this.calls = new RpcCalls(dispatcher, clock);
        this.caretaker = Thread.ofVirtual().name("nats-functions").unstarted(this::care);
    }

    /** Begins to answer as soon as NATS is there; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
    }

    /** Whether requests for a function are to be answered; takes effect soon after. */
    public void serve(String function, boolean serve) {
        synchronized (lock) {
            if (serve ? wanted.add(function) : wanted.remove(function)) {
                lock.notifyAll();
            }
        }
    }

    private void care() {
        try {
            while (true) {
                Set<String> now;
                synchronized (lock) {
                    if (stopped) {
                        break;
                    }
                    now = new TreeSet<>(wanted);
                }
                adjust(now);
                synchronized (lock) {
                    if (!stopped && wanted.equals(now)) {
                        lock.wait(LOOK.toMillis());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        replace(null, Set.of());
    }

    /**
     * Follows the connection (the client itself subscribes again after a reconnect) and a deploy.
     */
    private void adjust(Set<String> now) {
        Optional<Connection> connection = session.connected();
        if (connection.isEmpty()) {
            return;
        }
        try {
            Service running = service;
            if (running == null || servedBy != connection.get() || !now.containsAll(served)) {
                replace(connection.get(), now);
            } else if (!served.equals(now)) {
                Set<String> more = new TreeSet<>(now);
                more.removeAll(served);
                running.addServiceEndpoints(endpoints(connection.get(), more));
                served.addAll(more);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "functions cannot be served on fn.> yet", e);
        }
    }

    /**
     * Starts a service anew, for an endpoint cannot be taken out of one; the former ends after, so
     * that no request meets nobody.
     */
    private void replace(@Nullable Connection connection, Set<String> now) {
        if (connection != null && connection == servedBy && served.equals(now)) {
            return;
        }
        Service made = connection == null || now.isEmpty() ? null : started(connection, now);
        Service former = service;
        service = made;
        servedBy = connection;
        served.clear();
        served.addAll(now);
        stop(former);
    }

    private Service started(Connection connection, Set<String> functions) {
        ServiceBuilder builder =
                Service.builder()
                        .connection(connection)
                        .name(SERVICE)
                        .version("1.0.0")
                        .description("The functions of a Treadle node");
        endpoints(connection, functions).forEach(builder::addServiceEndpoint);
        Service made = builder.build();
        var _ = made.startService();
        return made;
    }

    private static void stop(@Nullable Service former) {
        try {
            if (former != null) {
                former.stop();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the connection was gone before", e);
        }
    }

    private List<ServiceEndpoint> endpoints(Connection connection, Set<String> functions) {
        return functions.stream().map(function -> endpoint(connection, function)).toList();
    }

    private ServiceEndpoint endpoint(Connection connection, String function) {
        Target target = Target.live(function);
        return ServiceEndpoint.builder()
                .endpointName(function)
                .endpointSubject(PREFIX + function)
                .endpointQueueGroup(QUEUE)
                .handler(message -> calls.hear(connection, message, target, TRIGGER))
                .build();
    }

    @Override
    public boolean drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        stopSoon();
        try {
            boolean left = caretaker.join(patience);
            return calls.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && left;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stopSoon() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        stopSoon();
    }
}
