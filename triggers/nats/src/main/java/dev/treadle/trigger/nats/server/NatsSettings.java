package dev.treadle.trigger.nats.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which NATS a node works with, and how it gets in.
 *
 * @param source where the server comes from
 * @param access who the node says it is, at a server that it does not manage
 * @param tls how a server elsewhere is trusted; empty for what its URL and the JDK say
 */
public record NatsSettings(Source source, Access access, Optional<Tls> tls) {
    public static final int PORT = 4222;

    /** A managed server on the usual port or any free one, synced at intervals. */
    public static NatsSettings defaults() {
        return new NatsSettings(
                new Managed(OptionalInt.empty(), Durability.INTERVAL, false),
                new Anonymous(),
                Optional.empty());
    }

    /** Without NATS. */
    public static NatsSettings off() {
        return new NatsSettings(new Off(), new Anonymous(), Optional.empty());
    }

    /** Where the server comes from. */
    public sealed interface Source {}

    /**
     * The node's own child process.
     *
     * @param port the port that must be; empty for 4222, or any free one where that is taken
     * @param password whether clients need the password that the data folder has
     */
    public record Managed(OptionalInt port, Durability durability, boolean password)
            implements Source {}

    /** A server or cluster that somebody else runs. */
    public record External(List<String> urls) implements Source {
        public External {
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("a server elsewhere needs a URL");
            }
            urls = List.copyOf(urls);
        }
    }

    /** None. */
    public record Off() implements Source {}

    /** Who the node says it is. */
    public sealed interface Access {}

    /** Nobody; or what the URL says. */
    public record Anonymous() implements Access {}

    public record UserPassword(String user, String password) implements Access {
        @Override
        public String toString() {
            return "UserPassword[user=" + user + "]";
        }
    }

    /** A {@code .creds} file: a user's JWT and its seed. */
    public record CredentialsFile(Path file) implements Access {}

    /** A file with the seed of a user's NKey. */
    public record NKeyFile(Path seed) implements Access {}

    /**
     * TLS.
     *
     * @param trust whom to trust; empty for whom the JDK trusts
     * @param identity the client's own certificate
     */
    public record Tls(Optional<Trust> trust, Optional<Identity> identity) {}

    /** Whom to trust: a PEM file of certificates, or a Java key store when it has a password. */
    public record Trust(Path file, Optional<String> storePassword) {
        @Override
        public String toString() {
            return "Trust[file=" + file + "]";
        }
    }

    /** PEM files: a certificate chain and its unencrypted PKCS#8 key. */
    public record Identity(Path certificate, Path key) {}
}
