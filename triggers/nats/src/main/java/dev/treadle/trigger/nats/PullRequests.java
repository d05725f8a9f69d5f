package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.support.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a consumer for events and hears what it says, from one subscription on. When anything is
 * wrong with it, it is closed and another one is made. Asking is safe for threads; the listener is
 * called by one thread.
 */
final class PullRequests implements Subscription {
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final int HEARTBEAT_STATUS = 100;
    private static final int TIMEOUT_STATUS = 408;
    private static final int NO_MESSAGES_STATUS = 404;
    private static final String PENDING = "Nats-Pending-Messages";

    private final Connection connection;
    private final String requestSubject;
    private final String inbox;
    private final Dispatcher dispatcher;
    private final Listener listener;
    private final Duration expires;
    private final AtomicLong requests = new AtomicLong();
    private volatile long heardNanos = System.nanoTime();

    /**
     * Subscribes.
     *
     * @param expires how long the server waits for events to fill a request
     */
    PullRequests(
            Connection connection,
            String stream,
            String durable,
            Duration expires,
            Listener listener) {
        this.connection = connection;
        this.requestSubject = "$JS.API.CONSUMER.MSG.NEXT.%s.%s".formatted(stream, durable);
        this.inbox = connection.createInbox();
        this.listener = listener;
        this.expires = expires;
        this.dispatcher = connection.createDispatcher(this::hear);
        dispatcher.subscribe(inbox + ".*");
    }

    @Override
    public void ask(int count) {
        byte[] body =
                "{\"batch\":%d,\"expires\":%d,\"idle_heartbeat\":%d}"
                        .formatted(count, expires.toNanos(), heartbeat().toNanos())
                        .getBytes(StandardCharsets.US_ASCII);
        connection.publish(requestSubject, inbox + "." + requests.incrementAndGet(), body);
    }

    /** The server refuses heartbeats that are longer than half of a request. */
    private Duration heartbeat() {
        Duration third = expires.dividedBy(3);
        return third.compareTo(HEARTBEAT) < 0 ? third : HEARTBEAT;
    }

    @Override
    public boolean isSilent() {
        return System.nanoTime() - heardNanos > 3 * heartbeat().toNanos();
    }

    @Override
    public void expectHeartbeats() {
        heardNanos = System.nanoTime();
    }

    private void hear(Message message) {
        heardNanos = System.nanoTime();
        if (message.isStatusMessage()) {
            hear(message, message.getStatus());
        } else {
            listener.event(this, new JetStreamDelivery(connection, message));
        }
    }

    private void hear(Message message, Status status) {
        int code = status.getCode();
        if (code == HEARTBEAT_STATUS) {
            return;
        }
        OptionalInt pending =
                NatsEvents.header(message, PENDING).map(this::number).orElse(OptionalInt.empty());
        boolean usual = code == TIMEOUT_STATUS || code == NO_MESSAGES_STATUS;
        if (pending.isPresent() && usual) {
            listener.unfilled(this, pending.getAsInt());
        } else {
            listener.trouble(this, "the server says %d %s".formatted(code, status.getMessage()));
        }
    }

    private OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public boolean drain(Duration patience) {
        try {
            CompletableFuture<Boolean> drained;
            synchronized (connection) {
                // One flush at a time: the client takes too many for a broken connection.
                drained = dispatcher.drain(patience);
            }
            return drained.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.closeDispatcher(dispatcher);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // it went with the connection, or was drained
            heardNanos = System.nanoTime();
        }
    }
}
