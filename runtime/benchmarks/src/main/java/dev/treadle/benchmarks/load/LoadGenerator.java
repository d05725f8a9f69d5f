package dev.treadle.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Calls a server over a fixed number of connections, from one thread, taking its requests in turn.
 * For one thread.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final long LATENCY_NANOS_MAX = Duration.ofSeconds(60).toNanos();

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer[] requests;
    private int next;
    private int outstanding;
    private long errors;
    private Histogram nanos = new Histogram(LATENCY_NANOS_MAX, 3);

    public LoadGenerator(int port, int connections, List<byte[]> requests) throws IOException {
        this.requests = requests.stream().map(LoadGenerator::direct).toArray(ByteBuffer[]::new);
        for (int i = 0; i < connections; i++) {
            this.connections.add(new Connection(port));
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Closed loop: each connection sends its next request when it has its answer. */
    public LoadResult flatOut(Duration duration) throws IOException {
        begin();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (Connection connection : connections) {
            connection.send(System.nanoTime());
        }
        while (outstanding > 0) {
            selector.select(
                    key -> {
                        Connection connection = (Connection) key.attachment();
                        if (connection.answered()) {
                            long now = System.nanoTime();
                            connection.record(now, end);
                            if (now < end) {
                                connection.send(now);
                            }
                        }
                    });
        }
        return new LoadResult(duration.toNanos() / 1e9, nanos, errors);
    }

    /**
     * Open loop: requests are due at even intervals whatever the server does, and a latency counts
     * from when its request was due, so that a stall is not hidden by the requests it held back.
     */
    public LoadResult at(int perSecond, Duration duration) throws IOException {
        begin();
        long interval = Duration.ofSeconds(1).toNanos() / perSecond;
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        long due = start;
        Deque<Connection> free = new ArrayDeque<>(connections);
        while (due < end || outstanding > 0) {
            while (due < end && due - System.nanoTime() <= 0 && !free.isEmpty()) {
                free.removeFirst().send(due);
                due += interval;
            }
            selector.selectNow(
                    key -> {
                        Connection connection = (Connection) key.attachment();
                        if (connection.answered()) {
                            connection.record(System.nanoTime(), Long.MAX_VALUE);
                            free.addLast(connection);
                        }
                    });
        }
        return new LoadResult((System.nanoTime() - start) / 1e9, nanos, errors);
    }

    private void begin() {
        nanos = new Histogram(LATENCY_NANOS_MAX, 3);
        errors = 0;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    /** One connection with at most one request under way. */
    private final class Connection {
        private final SocketChannel channel;
        private final AnswerReader answer = new AnswerReader();
        private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
        private long sentNanos;

        Connection(int port) throws IOException {
            channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long sinceNanos) {
            sentNanos = sinceNanos;
            ByteBuffer request = requests[next].duplicate();
            next = next + 1 == requests.length ? 0 : next + 1;
            answer.next();
            outstanding++;
            try {
                while (request.hasRemaining()) {
                    channel.write(request);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Reads what is there; says whether the answer is whole. */
        boolean answered() {
            try {
                in.clear().limit(Math.min(in.capacity(), answer.room()));
                int read = channel.read(in);
                if (read < 0) {
                    throw new EOFException("the server closed a connection");
                }
                in.flip().get(answer.buffer(), answer.filled(), read);
                return answer.added(read);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        void record(long now, long end) {
            outstanding--;
            if (answer.status() != 200) {
                errors++;
            }
            if (now <= end) {
                nanos.recordValue(Math.min(now - sentNanos, LATENCY_NANOS_MAX));
            }
        }
    }
}
