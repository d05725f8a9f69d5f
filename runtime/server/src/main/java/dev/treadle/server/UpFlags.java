package dev.treadle.server;

import dev.treadle.registry.manifest.DidYouMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of {@code treadle up}. Read by hand: a node starts in a few hundred milliseconds, of
 * which a library for command lines would take a good part.
 */
final class UpFlags {
    /** What a flag is called, what its value is called (empty for a switch), and what it does. */
    record Flag(String name, String value, String meaning) {
        boolean isSwitch() {
            return value.isEmpty();
        }
    }

    static final List<Flag> FLAGS =
            List.of(
                    new Flag(
                            "--data",
                            "DIR",
                            "Folder for all that the node keeps (default: .treadle)."),
                    new Flag(
                            "--http",
                            "PORT",
                            "Port for functions, 0 for any free one (default: 8080)."),
                    new Flag("--admin", "PORT", "Port for the admin API (default: 8081)."),
                    new Flag(
                            "--config",
                            "FILE",
                            "Settings (default: treadle.yaml, if it is there)."),
                    new Flag(
                            "--nats",
                            "URL|managed|off",
                            "NATS: a server elsewhere, the node's own, or none (default: managed)."),
                    new Flag(
                            "--nats-port",
                            "PORT",
                            "Port of the managed server (default: 4222, or a free one if taken)."),
                    new Flag(
                            "--nats-durability",
                            "fsync|interval",
                            "When it syncs: before it acknowledges, or at intervals (default)."),
                    new Flag("--samples", "", "Deploy the sample functions."),
                    new Flag("--json", "", "Print JSON, one object a line; errors too."),
                    new Flag("--help", "", "Show this."),
                    new Flag("--version", "", "Show the version."));

    private static final String PORT = "PORT";

    private final Map<String, String> given;

    private UpFlags(Map<String, String> given) {
        this.given = given;
    }

    /** Arguments that make no sense; the message says which and why. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /** Reads {@code --name value} and {@code --name=value}. */
    static UpFlags parse(String... arguments) throws Wrong {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            Flag flag = find(equals < 0 ? argument : argument.substring(0, equals));
            String value;
            if (flag.isSwitch()) {
                if (equals >= 0) {
                    throw new Wrong(flag.name() + " takes no value");
                }
                value = "";
            } else if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (++i < arguments.length) {
                value = arguments[i];
            } else {
                throw new Wrong(
                        "%s needs a value: %s %s"
                                .formatted(flag.name(), flag.name(), flag.value()));
            }
            if (flag.value().equals(PORT)) {
                requirePort(flag, value);
            }
            given.put(flag.name(), value);
        }
        return new UpFlags(given);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }

    Optional<Integer> port(String name) {
        return value(name).map(Integer::valueOf);
    }

    /** What {@code --help} shows. */
    static String help() {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: treadle up [FLAGS]");
        lines.add(
                "Starts a node with embedded stores and serves functions until it is told to stop.");
        for (Flag flag : FLAGS) {
            lines.add(
                    "  %-32s %s"
                            .formatted((flag.name() + " " + flag.value()).strip(), flag.meaning()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static Flag find(String name) throws Wrong {
        for (Flag flag : FLAGS) {
            if (flag.name().equals(name)) {
                return flag;
            }
        }
        String nearest =
                DidYouMean.nearest(name, FLAGS.stream().map(Flag::name).toList())
                        .map(known -> "; did you mean " + known + "?")
                        .orElse("");
        throw new Wrong("there is no flag '%s'%s".formatted(name, nearest));
    }

    private static void requirePort(Flag flag, String value) throws Wrong {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new Wrong("%s: '%s' is not a port, 0 to 65535".formatted(flag.name(), value));
        }
    }
}
