package dev.treadle.bindings.search.opensearch;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which OpenSearch, and how to get in.
 *
 * @param servers some of a cluster's, all with one scheme
 * @param ca a PEM file with the certificates to trust; empty for the JDK's
 */
public record OpenSearchSettings(List<URI> servers, Optional<Login> login, Optional<Path> ca) {
    public OpenSearchSettings {
        servers = List.copyOf(servers);
    }

    /** Who the node says it is. Prints no password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user + " with a password";
        }
    }

    /** For people. */
    public String text() {
        return "opensearch at "
                + servers.stream().map(URI::getAuthority).collect(Collectors.joining(","));
    }
}
