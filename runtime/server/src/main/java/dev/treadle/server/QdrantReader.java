package dev.treadle.server;

import dev.treadle.bindings.vectors.qdrant.QdrantSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which Qdrant is behind a store. For one thread. */
final class QdrantReader {
    private static final Pattern URL =
            Pattern.compile(
                    "(https?)://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?/?");
    private static final int PORT = 6334;
    private static final int PORT_MAX = 65_535;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    QdrantReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    QdrantSettings read() {
        Optional<String> text = keys.text(key + ".url");
        Matcher url = URL.matcher(text.orElse("").strip());
        int port = url.matches() ? port(url.group(3)) : 0;
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
        return new QdrantSettings(
                known ? url.group(2) : "",
                port,
                tls,
                ca,
                keys.text(key + ".api-key"),
                keys.integer(key + ".replicas", 1, 100, 1));
    }

    private static int port(String text) {
        return text == null ? PORT : Integer.parseInt(text);
    }
}
