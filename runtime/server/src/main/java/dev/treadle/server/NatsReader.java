package dev.treadle.server;

import dev.treadle.trigger.nats.server.Durability;
import dev.treadle.trigger.nats.server.NatsSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the part {@code nats} of a node's configuration. For one thread. */
final class NatsReader {
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "opentls", "ws", "wss");

    private final UpFlags flags;
    private final ConfigKeys keys;
    private final List<String> errors;

    NatsReader(UpFlags flags, ConfigKeys keys, List<String> errors) {
        this.flags = flags;
        this.keys = keys;
        this.errors = errors;
    }

    NatsSettings read() {
        NatsSettings.Managed managed = managed();
        NatsSettings.Access access = access();
        Optional<NatsSettings.Tls> tls = tls();
        Optional<String> key = keys.text("nats.server");
        String server = flags.value("--nats").or(() -> key).orElse("managed");
        return switch (server) {
            case "managed" -> {
                if (!(access instanceof NatsSettings.Anonymous) || tls.isPresent()) {
                    errors.add("nats: user, credentials, nkey and tls are for a server elsewhere");
                }
                yield new NatsSettings(managed, new NatsSettings.Anonymous(), Optional.empty());
            }
            case "off", "false" -> NatsSettings.off(); // YAML reads a bare off as false
            default -> new NatsSettings(external(server, managed), access, tls);
        };
    }

    /** Whether functions answer requests on subjects of their names. */
    boolean functions() {
        return choice("nats.functions", "true", "false").equals("true");
    }

    private NatsSettings.Managed managed() {
        int key = keys.integer("nats.port", 0, 65_535, -1);
        int port = flags.port("--nats-port").orElse(key);
        return new NatsSettings.Managed(
                port < 0 ? OptionalInt.empty() : OptionalInt.of(port),
                durability(),
                choice("nats.auth", "none", "password").equals("password"));
    }

    private Durability durability() {
        Optional<String> key = keys.text("nats.durability");
        String word =
                flags.value("--nats-durability").or(() -> key).orElse(Durability.INTERVAL.word());
        return Durability.of(word)
                .orElseGet(
                        () -> {
                            errors.add(
                                    "nats.durability: expected fsync or interval, found '%s'"
                                            .formatted(word));
                            return Durability.INTERVAL;
                        });
    }

    private NatsSettings.Source external(String urls, NatsSettings.Managed managed) {
        List<String> all = Stream.of(urls.split(",")).map(String::strip).toList();
        for (String url : all) {
            if (!isUrl(url)) {
                errors.add(
                        "nats.server: expected managed, off or URLs such as nats://host:4222,"
                                + " found '%s'".formatted(url));
            }
        }
        if (managed.port().isPresent()) {
            errors.add("nats.port is for the managed server; a URL has its own port");
        }
        if (managed.durability() != Durability.INTERVAL) {
            errors.add("nats.durability is for the managed server; others have their own");
        }
        return new NatsSettings.External(all);
    }

    private static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            return url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private NatsSettings.Access access() {
        Optional<String> user = keys.text("nats.user");
        Optional<String> password = keys.text("nats.password");
        Optional<Path> credentials = file("nats.credentials");
        Optional<Path> seed = file("nats.nkey");
        if (user.isPresent() != password.isPresent()) {
            errors.add("nats: user and password come together");
        }
        List<NatsSettings.Access> given = new ArrayList<>();
        if (user.isPresent() && password.isPresent()) {
            given.add(new NatsSettings.UserPassword(user.get(), password.get()));
        }
        credentials.map(NatsSettings.CredentialsFile::new).ifPresent(given::add);
        seed.map(NatsSettings.NKeyFile::new).ifPresent(given::add);
        if (given.size() > 1) {
            errors.add("nats: only one of user, credentials and nkey can be given");
        }
        return given.isEmpty() ? new NatsSettings.Anonymous() : given.getFirst();
    }

    private Optional<NatsSettings.Tls> tls() {
        Optional<Path> ca = file("nats.tls.ca");
        Optional<Path> store = file("nats.tls.truststore");
        Optional<String> storePassword = keys.text("nats.tls.truststore-password");
        Optional<Path> cert = file("nats.tls.cert");
        Optional<Path> key = file("nats.tls.key");
        if (ca.isPresent() && store.isPresent()) {
            errors.add("nats.tls: only one of ca and truststore can be given");
        }
        if (store.isPresent() != storePassword.isPresent()) {
            errors.add("nats.tls: truststore and truststore-password come together");
        }
        if (cert.isPresent() != key.isPresent()) {
            errors.add("nats.tls needs both cert and key, paths of PEM files");
        }
        Optional<NatsSettings.Trust> trust =
                ca.or(() -> store).map(file -> new NatsSettings.Trust(file, storePassword));
        Optional<NatsSettings.Identity> identity =
                cert.flatMap(chain -> key.map(own -> new NatsSettings.Identity(chain, own)));
        return trust.isEmpty() && identity.isEmpty()
                ? Optional.empty()
                : Optional.of(new NatsSettings.Tls(trust, identity));
    }

    private Optional<Path> file(String key) {
        Optional<Path> file = keys.text(key).map(Path::of);
        file.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> errors.add("%s: %s cannot be read".formatted(key, path)));
        return file;
    }

    private String choice(String key, String usual, String other) {
        String word = keys.text(key).orElse(usual);
        if (!word.equals(usual) && !word.equals(other)) {
            errors.add("%s: expected %s or %s, found '%s'".formatted(key, usual, other, word));
        }
        return word;
    }
}
