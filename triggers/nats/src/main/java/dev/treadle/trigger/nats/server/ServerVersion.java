package dev.treadle.trigger.nats.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a nats-server, and what a server of that version cannot do. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major)
                    .thenComparingInt(ServerVersion::minor)
                    .thenComparingInt(ServerVersion::patch);

    /** The oldest on which everything that Treadle does works. */
    public static final ServerVersion WANTED = new ServerVersion(2, 10, 0);

    /** Finds the numbers in texts such as {@code nats-server: v2.10.1} and {@code 2.11.0-RC.1}. */
    public static Optional<ServerVersion> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.find()
                ? Optional.of(
                        new ServerVersion(
                                Integer.parseInt(numbers.group(1)),
                                Integer.parseInt(numbers.group(2)),
                                Integer.parseInt(numbers.group(3))))
                : Optional.empty();
    }

    /** Whether this is {@code major.minor} or newer. */
    public boolean atLeast(int major, int minor) {
        return compareTo(new ServerVersion(major, minor, 0)) >= 0;
    }

    /** What is missing on a server older than {@link #WANTED}; empty on the others. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!ServerFeature.JETSTREAM_TRIGGERS.isIn(this)) {
            missing.add("JetStream triggers");
        }
        if (!ServerFeature.FSYNC.isIn(this)) {
            missing.add("a durability level (sync_interval): a power cut can cost 2 minutes");
        }
        if (!ServerFeature.DUE_DELIVERIES.isIn(this)) {
            missing.add(
                    "deliveries that stay due when nobody asks: an event may run once more when a node stops");
        }
        return missing;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
