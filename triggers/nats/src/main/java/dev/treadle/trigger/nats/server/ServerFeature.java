package dev.treadle.trigger.nats.server;

import java.util.Optional;

/**
 * What Treadle does that not every nats-server can. Each is asked for before it is used: an old
 * server passes over in silence what it does not know.
 */
public enum ServerFeature {
    /** Named pull consumers, with heartbeats and delays of our own. */
    JETSTREAM_TRIGGERS("JetStream triggers", 2, 9),
    /** The setting {@code sync_interval}. */
    FSYNC("nats.durability fsync", 2, 10),
    /**
     * A delivery that is due while no request is open. Servers before forget it until AckWait has
     * passed, and step back to the event before it.
     */
    DUE_DELIVERIES("deliveries that stay due", 2, 10);

    private final String words;
    private final int major;
    private final int minor;

    ServerFeature(String words, int major, int minor) {
        this.words = words;
        this.major = major;
        this.minor = minor;
    }

    public boolean isIn(ServerVersion version) {
        return version.atLeast(major, minor);
    }

    /** Why a server of this version cannot do it; empty when it can. */
    public Optional<String> obstacle(ServerVersion version) {
        return isIn(version)
                ? Optional.empty()
                : Optional.of(
                        "%s: nats-server %d.%d or newer is wanted, this one is %s"
                                .formatted(words, major, minor, version));
    }
}
