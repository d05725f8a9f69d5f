package dev.treadle.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Asks nodes in turn for calls that are answered later, with a number each, until one has accepted
 * it. What was not accepted may have been taken in all the same.
 */
final class CallLoad implements Load {
    private static final int CALLERS = 4;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<Supplier<URI>> nodes;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_MAX)
                    .build();
    private final BlockingQueue<Long> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong turn = new AtomicLong();
    private final Set<Long> askedAgain = ConcurrentHashMap.newKeySet();
    private final List<Thread> callers;

    /**
     * Begins.
     *
     * @param nodes where the function is called; addresses may change with each start of a node
     */
    CallLoad(List<Supplier<URI>> nodes) {
        this.nodes = List.copyOf(nodes);
        this.callers =
                IntStream.range(0, CALLERS)
                        .mapToObj(i -> Thread.ofVirtual().name("caller " + i).start(this::work))
                        .toList();
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
        return askedAgain.contains(number);
    }

    @Override
    public boolean isDone() {
        return confirmed.get() == wanted.get();
    }

    private void work() {
        try {
            while (true) {
                long number = waiting.take();
                if (isAccepted(number)) {
                    confirmed.incrementAndGet();
                } else {
                    askedAgain.add(number);
                    repeated.incrementAndGet();
                    waiting.add(number);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAccepted(long number) throws InterruptedException {
        int node = (int) (turn.getAndIncrement() % nodes.size());
        try {
            HttpRequest call =
                    HttpRequest.newBuilder(nodes.get(node).get())
                            .timeout(ANSWER_MAX)
                            .header("Prefer", "respond-async")
                            .POST(HttpRequest.BodyPublishers.ofString(String.valueOf(number)))
                            .build();
            return client.send(call, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false; // the node is being killed, or has just been
        }
    }

    @Override
    public void close() {
        callers.forEach(Thread::interrupt);
        client.shutdownNow();
    }
}
