package dev.treadle.server.admin;

import dev.treadle.trigger.nats.server.NatsState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What a node says of itself. */
public interface NodeInfo {
    /** Where a node is in its life. */
    enum State {
        STARTING,
        READY,
        DRAINING
    }

    /** Unique for each start. */
    String id();

    String version();

    Instant started();

    State state();

    /** Where functions are called, without a trailing slash. */
    String httpUrl();

    String adminUrl();

    Path data();

    /** How the node fares with NATS. */
    NatsState nats();

    /** What an operator should know. */
    List<String> warnings();
}
