package dev.treadle.bindings.redis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which Redis, and how to get in.
 *
 * @param servers one; or some of a cluster's; or sentinels
 * @param tls how to know the servers; empty for plain connections
 */
public record RedisSettings(
        List<Address> servers, Mode mode, Optional<Tls> tls, Login login, int database) {
    public RedisSettings {
        servers = List.copyOf(servers);
    }

    /** A host and its port. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** How the servers work together. */
    public sealed interface Mode {
        /** One server. */
        record Standalone() implements Mode {}

        /** Keys are spread over servers. */
        record Cluster() implements Mode {}

        /**
         * Sentinels know which server is the master.
         *
         * @param master what they call it
         */
        record Sentinel(String master) implements Mode {}
    }

    /**
     * TLS.
     *
     * @param ca a PEM file with the certificates to trust; empty for the JDK's
     */
    public record Tls(Optional<Path> ca) {}

    /** Who the node says it is. Prints no password. */
    public record Login(Optional<String> user, Optional<String> password) {
        public static final Login NONE = new Login(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return user.orElse("(default)") + (password.isPresent() ? " with a password" : "");
        }
    }

    /** For people. */
    public String text() {
        String all = servers.stream().map(Address::toString).collect(Collectors.joining(","));
        return switch (mode) {
            case Mode.Standalone _ -> "redis at " + all;
            case Mode.Cluster _ -> "redis cluster at " + all;
            case Mode.Sentinel(String master) ->
                    "redis %s by sentinels at %s".formatted(master, all);
        };
    }
}
