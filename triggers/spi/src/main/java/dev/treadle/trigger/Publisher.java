package dev.treadle.trigger;

import dev.treadle.Event;
import dev.treadle.PublishFailed;
import java.time.Duration;

/** Takes what functions publish. Safe for threads. */
@FunctionalInterface
public interface Publisher {
    /** For a node without NATS. */
    Publisher NONE =
            (subject, _, _, _, _) -> {
                throw new PublishFailed(
                        "cannot publish to '%s': NATS is off on this node; start it with --nats managed or --nats URL"
                                .formatted(subject));
            };

    /**
     * Publishes an event and returns when a stream has stored it.
     *
     * @param messageId what the stream knows repetitions by
     * @param hops how many events have led to this one, itself included; travels with it
     * @param patience how long to wait for the confirmation
     * @throws PublishFailed when there is none
     */
    void publish(String subject, Event event, String messageId, int hops, Duration patience);
}
