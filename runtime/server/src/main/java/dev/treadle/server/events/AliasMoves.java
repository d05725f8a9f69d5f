package dev.treadle.server.events;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.NatsUnavailable;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Has consumers remember where an alias pointed before it moved, so that an event stays with its
 * first release even when the node died that began it. Safe for threads.
 */
final class AliasMoves {
    private static final System.Logger LOG = System.getLogger(AliasMoves.class.getName());

    /** Nothing is delivered while NATS is away, so that the note may come later. */
    private static final int TRIES = 600;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Where the alias pointed last, by consumer; guarded by this. */
    private final Map<String, String> splits = new HashMap<>();

    /** Looks at where the alias points now; to be called after each change of the function. */
    synchronized void look(DeployedFunction function, NatsTrigger trigger) {
        String reference = trigger.config().target().reference();
        String now =
                reference.equals(DeployedFunction.LIVE)
                        ? function.live().orElseThrow().toString()
                        : reference;
        String before = splits.put(trigger.config().durable(), now);
        if (before != null && !before.equals(now)) {
            Thread.ofVirtual().name("alias-moved").start(() -> note(trigger, before));
        }
    }

    synchronized void forget(NatsTriggerConfig gone) {
        splits.remove(gone.durable());
    }

    private static void note(NatsTrigger trigger, String before) {
        try {
            for (int tried = 1; tried <= TRIES && !noted(trigger, before); tried++) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean noted(NatsTrigger trigger, String before) {
        try {
            trigger.aliasMoved(before);
            return true;
        } catch (NatsUnavailable | IOException | JetStreamApiException e) {
            LOG.log(System.Logger.Level.DEBUG, "the alias's move is noted later", e);
            return false;
        }
    }
}
