package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Settings of one JetStream trigger.
 *
 * @param target what its events run
 * @param name the trigger's name within the function, for records
 * @param stream the stream's name
 * @param subject which of its subjects; may hold wildcards
 * @param order which events wait for one another
 * @param batch how events are gathered, for functions that take several at once
 * @param concurrency how many events, or batches, a node runs at once
 * @param retry what happens after a failure
 * @param maxAge events older than this are given up without an attempt
 * @param filter which events run; the others are passed over
 * @param start where in the stream the consumer begins when it is made
 * @param create the subjects of the stream to be made when there is none; empty to leave that to
 *     others
 * @param ackWait after how long without a sign of life an event goes to another node
 * @param destinations where outcomes go
 */
public record NatsTriggerConfig(
        Target target,
        String name,
        String stream,
        String subject,
        EventOrder order,
        Optional<BatchRule> batch,
        int concurrency,
        RetryRule retry,
        Optional<Duration> maxAge,
        Optional<EventFilter> filter,
        StartPosition start,
        List<String> create,
        Duration ackWait,
        Destinations destinations) {
    /** Long enough for a pulse to come late, short enough for a dead node's events not to wait. */
    public static final Duration ACK_WAIT = Duration.ofSeconds(30);

    /** For a dead leader's events not to wait for long. */
    public static final Duration LED_ACK_WAIT = Duration.ofSeconds(10);

    /** Where events wait behind others of their key, more are taken in than run. */
    private static final int WINDOW_LEAST = 64;

    private static final int WINDOW_FACTOR = 4;

    public NatsTriggerConfig {
        create = List.copyOf(create);
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1: " + concurrency);
        }
        if (batch.isPresent() && !(order instanceof EventOrder.None)) {
            throw new IllegalArgumentException("a batch has no order");
        }
        if (ackWait.compareTo(Duration.ofMillis(300)) < 0) {
            throw new IllegalArgumentException("ackWait is at least 300 ms: " + ackWait);
        }
    }

    /** One whose events' outcomes go nowhere else. */
    public NatsTriggerConfig(
            Target target,
            String name,
            String stream,
            String subject,
            EventOrder order,
            Optional<BatchRule> batch,
            int concurrency,
            RetryRule retry,
            Optional<Duration> maxAge,
            Optional<EventFilter> filter,
            StartPosition start,
            List<String> create,
            Duration ackWait) {
        this(
                target,
                name,
                stream,
                subject,
                order,
                batch,
                concurrency,
                retry,
                maxAge,
                filter,
                start,
                create,
                ackWait,
                Destinations.NONE);
    }

    /** How many events are here at once. */
    int permits() {
        return switch (order) {
            case EventOrder.None _ -> concurrency * batch.map(BatchRule::size).orElse(1);
            case EventOrder.Strict _ -> 1;
            case EventOrder.Key _ -> Math.max(WINDOW_LEAST, WINDOW_FACTOR * concurrency);
        };
    }

    /** Whether only one node at a time may take events in. */
    boolean isLed() {
        return order instanceof EventOrder.Key;
    }

    /**
     * The durable consumer's name: the same on all nodes and for all releases that read the same
     * subject of the same stream, whatever their other settings and the order of their triggers.
     */
    public String durable() {
        return "treadle_%s_%s_%s".formatted(target.function(), stream, digest());
    }

    private String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
