package dev.treadle.server.dependencies;

import dev.treadle.registry.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one dependency again and again, on a thread of its own. It is up when a look succeeds,
 * and down when as many in a row have failed as its requirement says. Safe for threads.
 */
final class DependencyWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DependencyWatch.class.getName());

    /** Nodes that start together shall not look together. */
    private static final double JITTER = 0.2;

    private final Requirement requirement;
    private final Look look;
    private final Consumer<Requirement> changed;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final Thread thread;

    private volatile DependencyState state;
    private int failures;
    private Instant firstFailure;

    /**
     * Had no answer in time, and may still go on: a look at a name that cannot be resolved does.
     */
    private @Nullable Thread givenUp;

    /**
     * A watch.
     *
     * @param changed is told after each change of the state
     */
    DependencyWatch(
            Requirement requirement,
            Look look,
            Consumer<Requirement> changed,
            InstantSource clock,
            RandomGenerator random,
            Sleeper sleeper) {
        this.requirement = requirement;
        this.look = look;
        this.changed = changed;
        this.clock = clock;
        this.random = random;
        this.sleeper = sleeper;
        this.firstFailure = clock.instant();
        this.state = new DependencyState.Unknown(firstFailure);
        this.thread = Thread.ofVirtual().name("watch-" + requirement).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    DependencyState state() {
        return state;
    }

    private void run() {
        try {
            while (true) {
                try {
                    lookInTime();
                    succeeded();
                } catch (IOException e) {
                    failed(String.valueOf(e.getMessage()));
                }
                sleeper.sleep(pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at most goes on at a time, whatever it hangs in. */
    private void lookInTime() throws IOException, InterruptedException {
        if (givenUp != null && givenUp.isAlive()) {
            throw new IOException("the look before this one hangs");
        }
        Duration timeout = requirement.timeout();
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            look.look(timeout);
                            return null;
                        });
        Thread looking = Thread.ofVirtual().name("look-" + requirement).start(task);
        try {
            task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            givenUp = looking;
            throw new IOException("no answer within %d ms".formatted(timeout.toMillis()), e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        } finally {
            task.cancel(true);
        }
    }

    private static String reason(ExecutionException failure) {
        return failure.getCause() instanceof IOException known && known.getMessage() != null
                ? known.getMessage()
                : "the look failed: " + failure.getCause();
    }

    private Duration pause() {
        double factor = 1 + JITTER * (random.nextDouble() - 0.5);
        return Duration.ofNanos((long) (requirement.interval().toNanos() * factor));
    }

    private void succeeded() {
        failures = 0;
        if (state instanceof DependencyState.Up) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "dependency {0} is up", requirement);
        become(new DependencyState.Up(clock.instant()));
    }

    private void failed(String reason) {
        failures++;
        if (failures == 1) {
            firstFailure = clock.instant();
        }
        if (failures < requirement.failures() || state instanceof DependencyState.Down) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "dependency {0} is down: {1}", requirement, reason);
        become(new DependencyState.Down(firstFailure, reason));
    }

    private void become(DependencyState next) {
        state = next;
        changed.accept(requirement);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
