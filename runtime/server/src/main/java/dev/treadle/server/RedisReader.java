package dev.treadle.server;

import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.bindings.redis.RedisSettings.Login;
import dev.treadle.bindings.redis.RedisSettings.Mode;
import dev.treadle.bindings.redis.RedisSettings.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which Redis is behind a store. For one thread. */
final class RedisReader {
    private static final Pattern URL = Pattern.compile("(rediss?)://([^/@?#]+)/?");
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    RedisReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    RedisSettings read() {
        Mode mode = mode();
        Optional<Path> ca = keys.text(key + ".tls.ca").map(this::readable);
        Login login = new Login(keys.text(key + ".user"), keys.text(key + ".password"));
        int database = keys.integer(key + ".database", 0, 1_000_000, 0);
        Optional<String> text = keys.text(key + ".url");
        Matcher url = URL.matcher(text.orElse(""));
        if (!url.matches()) {
            errors.add(
                    "%s.url: expected redis://HOST:PORT, or rediss:// for TLS, several with commas between, user and password under keys of their own, found %s"
                            .formatted(key, found(text)));
            return new RedisSettings(List.of(), mode, Optional.empty(), login, database);
        }
        boolean tls = url.group(1).equals("rediss");
        if (ca.isPresent() && !tls) {
            errors.add(key + ".tls.ca is for a url that begins with rediss://");
        }
        return new RedisSettings(
                addresses(url.group(2), mode),
                mode,
                tls ? Optional.of(new Tls(ca)) : Optional.empty(),
                login,
                database);
    }

    /** What stands before an @ may be a secret. */
    private static String found(Optional<String> text) {
        return text.isEmpty()
                ? "nothing"
                : "'" + text.get().replaceFirst("//.*@", "//(hidden)@") + "'";
    }

    private Mode mode() {
        String word = keys.text(key + ".mode").orElse("standalone");
        Optional<String> master = keys.text(key + ".master");
        if (master.isPresent() != word.equals("sentinel")) {
            errors.add("%s.master is for mode: sentinel, and needed there".formatted(key));
        }
        return switch (word) {
            case "standalone" -> new Mode.Standalone();
            case "cluster" -> new Mode.Cluster();
            case "sentinel" -> new Mode.Sentinel(master.orElse(""));
            default -> {
                errors.add(
                        "%s.mode: expected standalone, cluster or sentinel, found '%s'"
                                .formatted(key, word));
                yield new Mode.Standalone();
            }
        };
    }

    private List<Address> addresses(String all, Mode mode) {
        List<Address> addresses = new ArrayList<>();
        for (String each : all.split(",")) {
            Matcher address = ADDRESS.matcher(each.strip());
            if (!address.matches()) {
                errors.add("%s.url: expected HOST:PORT, found '%s'".formatted(key, each.strip()));
                continue;
            }
            int usual = mode instanceof Mode.Sentinel ? SENTINEL_PORT : PORT;
            int port = address.group(2) == null ? usual : Integer.parseInt(address.group(2));
            if (port < 1 || port > 65_535) {
                errors.add(
                        "%s.url: expected a port from 1 to 65535, found %d".formatted(key, port));
            }
            addresses.add(new Address(address.group(1), port));
        }
        if (addresses.size() > 1 && mode instanceof Mode.Standalone) {
            errors.add("%s.url: several servers are for mode cluster or sentinel".formatted(key));
        }
        return addresses;
    }

    private Path readable(String path) {
        if (!Files.isReadable(Path.of(path))) {
            errors.add("%s.tls.ca: %s cannot be read".formatted(key, path));
        }
        return Path.of(path);
    }
}
