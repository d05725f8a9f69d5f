package dev.treadle.it;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes events from a thread of its own until a stream has confirmed each. What was not
 * confirmed is published again under its message id, as a careful publisher does.
 */
final class EventLoad implements Load {
    private static final int BATCH = 100;
    private static final int KEYS = 20;
    private static final Duration CONFIRMED_MAX = Duration.ofSeconds(2);

    private final Connection connection;
    private final String subject;
    private final BlockingQueue<Long> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final Thread thread = Thread.ofVirtual().name("event load").unstarted(this::work);

    /**
     * Begins.
     *
     * @param subject what stands before an event's key in its subject
     */
    EventLoad(Connection connection, String subject) {
        this.connection = connection;
        this.subject = subject;
        thread.start();
    }

    @Override
    public void add(int count) {
        for (int i = 0; i < count; i++) {
            waiting.add(wanted.incrementAndGet());
        }
    }

    @Override
    public long confirmed() {
        return confirmed.get();
    }

    @Override
    public long repeated() {
        return repeated.get();
    }

    @Override
    public boolean mayBeTwice(long number) {
        return false;
    }

    @Override
    public boolean isDone() {
        return confirmed.get() == wanted.get();
    }

    private void work() {
        try {
            while (true) {
                List<Long> batch = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(batch, BATCH - 1);
                publish(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(List<Long> batch) throws InterruptedException {
        Map<Long, CompletableFuture<PublishAck>> sent = new LinkedHashMap<>();
        for (long number : batch) {
            try {
                sent.put(number, send(number));
            } catch (IOException | RuntimeException e) {
                again(number);
            }
        }
        long end = System.nanoTime() + CONFIRMED_MAX.toNanos();
        for (Map.Entry<Long, CompletableFuture<PublishAck>> each : sent.entrySet()) {
            try {
                long left = Math.max(0, end - System.nanoTime());
                var _ = each.getValue().get(left, TimeUnit.NANOSECONDS);
                confirmed.incrementAndGet();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                again(each.getKey());
            }
        }
    }

    private CompletableFuture<PublishAck> send(long number) throws IOException {
        JetStream stream = connection.jetStream();
        return stream.publishAsync(
                NatsMessage.builder()
                        .subject(subject + "." + number % KEYS)
                        .headers(new Headers().put("Nats-Msg-Id", "e-" + number))
                        .data(String.valueOf(number).getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private void again(long number) {
        repeated.incrementAndGet();
        waiting.add(number);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
