package dev.treadle.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where a server of gRPC is. For one thread. */
final class EndpointReader {
    private static final Pattern URL =
            Pattern.compile(
                    "(https?)://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?/?");
    private static final int PORT_MAX = 65_535;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    EndpointReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    /**
     * @param ca a PEM file with the certificates to trust; empty for the JDK's
     */
    record Endpoint(String host, int port, boolean tls, Optional<Path> ca) {}

    /**
     * Reads {@code url} and {@code tls.ca}.
     *
     * @param usualPort where the url has none
     */
    Endpoint read(int usualPort) {
        Optional<String> text = keys.text(key + ".url");
        Matcher url = URL.matcher(text.orElse("").strip());
        int port = url.matches() ? port(url.group(3), usualPort) : 0;
        if (port < 1 || port > PORT_MAX) {
            errors.add(
                    "%s.url: expected http://HOST:PORT or https://HOST:PORT of its gRPC, without a path, found %s"
                            .formatted(key, text.isEmpty() ? "nothing" : "another"));
        }
        boolean known = url.matches();
        boolean tls = known && url.group(1).equals("https");
        Optional<Path> ca = keys.text(key + ".tls.ca").map(Path::of);
        ca.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> errors.add("%s.tls.ca: %s cannot be read".formatted(key, path)));
        if (ca.isPresent() && known && !tls) {
            errors.add(key + ".tls.ca is for a url that begins with https://");
        }
        return new Endpoint(known ? url.group(2) : "", port, tls, ca);
    }

    private static int port(@Nullable String text, int usual) {
        return text == null ? usual : Integer.parseInt(text);
    }
}
