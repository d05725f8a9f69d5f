package dev.treadle.server;

import dev.treadle.bindings.search.opensearch.OpenSearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings.Login;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which OpenSearch is behind a store. For one thread. */
final class OpenSearchReader {
    private static final Pattern URL =
            Pattern.compile(
                    "(https?)://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?/?");
    private static final int PORT = 9200;
    private static final int PORT_MAX = 65_535;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    OpenSearchReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    OpenSearchSettings read() {
        Optional<Path> ca = keys.text(key + ".tls.ca").map(Path::of);
        List<URI> servers = servers();
        if (servers.stream().map(URI::getScheme).distinct().count() > 1) {
            errors.add(key + ".url: expected all servers with http, or all with https");
        }
        ca.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> errors.add("%s.tls.ca: %s cannot be read".formatted(key, path)));
        if (ca.isPresent() && servers.stream().anyMatch(each -> each.getScheme().equals("http"))) {
            errors.add(key + ".tls.ca is for a url that begins with https://");
        }
        return new OpenSearchSettings(servers, login(), ca);
    }

    private List<URI> servers() {
        List<URI> servers = new ArrayList<>();
        Optional<String> text = keys.text(key + ".url");
        for (String each : text.orElse("").split(",", -1)) {
            Matcher url = URL.matcher(each.strip());
            int port = url.matches() ? port(url.group(3)) : 0;
            if (port < 1 || port > PORT_MAX) {
                errors.add(
                        "%s.url: expected http://HOST:PORT or https://HOST:PORT, several with commas between, without user and path, found %s"
                                .formatted(key, text.isEmpty() ? "nothing" : "another"));
                return List.of();
            }
            servers.add(URI.create("%s://%s:%d".formatted(url.group(1), url.group(2), port)));
        }
        return servers;
    }

    private static int port(String text) {
        return text == null ? PORT : Integer.parseInt(text);
    }

    private Optional<Login> login() {
        Optional<String> user = keys.text(key + ".user");
        Optional<String> password = keys.text(key + ".password");
        if (user.isPresent() != password.isPresent()) {
            errors.add("%s: expected both user and password, or neither".formatted(key));
        }
        return user.map(name -> new Login(name, password.orElse("")));
    }
}
