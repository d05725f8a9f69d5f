package dev.treadle.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest log lines of each function, in memory: bounded in lines per function and in bytes on
 * the node. A function that writes much drops its own old lines first. Safe for threads.
 */
public final class LogStore {
    /** Longer messages are cut. */
    static final int MESSAGE_CHARS_MAX = 16 * 1024;

    private static final int LINE_OVERHEAD = 128;

    private final int linesMax;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentMap<String, Ring> rings = new ConcurrentHashMap<>();

    LogStore(int linesMax, long bytesMax) {
        this.linesMax = linesMax;
        this.bytesMax = bytesMax;
    }

    /** Adds a line; its number is given here. */
    public void append(LogLine line) {
        rings.computeIfAbsent(line.function(), _ -> new Ring()).append(line);
    }

    /** Forgets a function. */
    void remove(String function) {
        Ring ring = rings.remove(function);
        if (ring != null) {
            ring.clear();
        }
    }

    /** Matching lines, oldest first. */
    public List<LogLine> find(String function, LogQuery query) {
        Ring ring = rings.get(function);
        return ring == null ? List.of() : ring.find(query);
    }

    /**
     * As {@link #find}, but waits for a line when there is none.
     *
     * @return matching lines, or none when the patience is used up
     * @throws InterruptedException when interrupted while waiting
     */
    public List<LogLine> await(String function, LogQuery query, Duration patience)
            throws InterruptedException {
        return rings.computeIfAbsent(function, _ -> new Ring()).await(query, patience);
    }

    private static long size(LogLine line) {
        return LINE_OVERHEAD + line.message().length();
    }

    /** One function's lines. */
    private final class Ring {
        /** Guards all below. */
        private final ReentrantLock lock = new ReentrantLock();

        private final Condition grown = lock.newCondition();
        private final Deque<LogLine> lines = new ArrayDeque<>();
        private long sequence;

        void append(LogLine line) {
            lock.lock();
            try {
                LogLine numbered =
                        new LogLine(
                                ++sequence,
                                line.time(),
                                line.function(),
                                line.release(),
                                line.invocation(),
                                line.trace(),
                                line.level(),
                                line.message());
                lines.addLast(numbered);
                long all = bytes.addAndGet(size(numbered));
                while (lines.size() > linesMax || (all > bytesMax && lines.size() > 1)) {
                    all = bytes.addAndGet(-size(lines.removeFirst()));
                }
                grown.signalAll();
            } finally {
                lock.unlock();
            }
        }

        List<LogLine> find(LogQuery query) {
            lock.lock();
            try {
                List<LogLine> found = new ArrayList<>();
                Iterator<LogLine> newestFirst = lines.descendingIterator();
                while (newestFirst.hasNext() && found.size() < query.limit()) {
                    LogLine line = newestFirst.next();
                    if (line.sequence() <= query.after()) {
                        break;
                    }
                    if (query.matches(line)) {
                        found.add(line);
                    }
                }
                return found.reversed();
            } finally {
                lock.unlock();
            }
        }

        List<LogLine> await(LogQuery query, Duration patience) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long rest = patience.toNanos();
                List<LogLine> found = find(query);
                while (found.isEmpty() && rest > 0) {
                    rest = grown.awaitNanos(rest);
                    found = find(query);
                }
                return found;
            } finally {
                lock.unlock();
            }
        }

        void clear() {
            lock.lock();
            try {
                lines.forEach(line -> bytes.addAndGet(-size(line)));
                lines.clear();
            } finally {
                lock.unlock();
            }
        }
    }
}
