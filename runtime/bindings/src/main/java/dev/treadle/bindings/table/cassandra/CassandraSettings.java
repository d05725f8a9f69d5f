package dev.treadle.bindings.table.cassandra;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which Cassandra, and how to get in.
 *
 * @param contactPoints some of its nodes
 * @param datacenter the nodes of which are asked
 * @param keyspace where the tables are; made where it is not there
 * @param replication of a keyspace that is made: how many copies in which datacentre
 * @param tls how to know the nodes; empty for plain connections
 */
public record CassandraSettings(
        List<Address> contactPoints,
        String datacenter,
        String keyspace,
        Map<String, Integer> replication,
        Optional<Tls> tls,
        Login login) {
    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        replication = Collections.unmodifiableMap(new LinkedHashMap<>(replication));
    }

    /** A host and its port. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * TLS.
     *
     * @param ca a PEM file with the certificates to trust; empty for the JDK's
     */
    public record Tls(Optional<Path> ca) {}

    /** Who the node says it is; both or neither. Prints no password. */
    public record Login(Optional<String> user, Optional<String> password) {
        public static final Login NONE = new Login(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return user.orElse("(nobody)") + (password.isPresent() ? " with a password" : "");
        }
    }

    /** For people. */
    public String text() {
        return "cassandra keyspace %s at %s"
                .formatted(
                        keyspace,
                        contactPoints.stream()
                                .map(Address::toString)
                                .collect(Collectors.joining(",")));
    }
}
