package dev.treadle.server;

import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsPublisher;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.server.NatsLink;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How a node is joined to NATS: all of it is there while NATS is not, and waits for it.
 *
 * @param link the connection, and the server where the node runs its own
 * @param session the connection as triggers see it
 * @param publisher of events
 * @param ledger of notes between attempts, and of dead letters
 */
public record NodeNats(NatsLink link, NatsSession session, NatsPublisher publisher, Ledger ledger) {

    /**
     * Joins nothing yet.
     *
     * @param notices takes lines for people, at any time
     */
    static NodeNats of(
            NodeConfig config, Consumer<String> notices, Closing closing, InstantSource clock) {
        NatsLink link =
                closing.with(
                        new NatsLink(config.nats(), config.data().resolve("nats"), notices, clock));
        NatsSession session = new NatsSession(link::connection, () -> link.state().detail());
        return new NodeNats(link, session, new NatsPublisher(session), new Ledger(session));
    }

    /** The connection as bindings see it. */
    NatsAccess access() {
        return new NatsAccess(link::connection, () -> link.state().detail());
    }
}
