package dev.treadle.trigger.nats.server;

import java.util.Arrays;
import java.util.Optional;

/**
 * When a managed server brings what it acknowledged to the disk. It is safe from the end of its
 * process either way; what differs is a power cut.
 */
public enum Durability {
    /** Before it acknowledges: nothing is lost, and each message waits for the disk. */
    FSYNC("fsync", "always"),
    /** Every ten seconds: a power cut can cost what came in since. */
    INTERVAL("interval", "10s");

    private final String word;
    private final String syncInterval;

    Durability(String word, String syncInterval) {
        this.word = word;
        this.syncInterval = syncInterval;
    }

    public static Optional<Durability> of(String word) {
        return Arrays.stream(values()).filter(level -> level.word.equals(word)).findFirst();
    }

    /** As users write it. */
    public String word() {
        return word;
    }

    /** The server's own setting, {@code sync_interval}. */
    String syncInterval() {
        return syncInterval;
    }

    /** What is in force on a server of this version, for people. */
    String inForce(ServerVersion version) {
        return ServerFeature.FSYNC.isIn(version)
                ? "%s (sync_interval %s)".formatted(word, syncInterval)
                : "interval (synced every 2 minutes, all that this version can)";
    }
}
