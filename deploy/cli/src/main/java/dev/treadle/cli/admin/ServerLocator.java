package dev.treadle.cli.admin;

import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the node: {@code --server}, {@code TREADLE_SERVER}, the running node of {@code ./.treadle},
 * then {@code http://127.0.0.1:8081}. A token that a node wrote for its owner is sent to that node
 * only.
 */
public final class ServerLocator {
    public static final String SERVER_VARIABLE = "TREADLE_SERVER";
    public static final String TOKEN_VARIABLE = "TREADLE_TOKEN";
    public static final String DEFAULT = "http://127.0.0.1:8081";

    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0");

    private final Environment environment;

    public ServerLocator(Environment environment) {
        this.environment = environment;
    }

    /**
     * @param option the value of {@code --server}, when it was given
     */
    public Server locate(Optional<String> option) {
        if (option.isPresent()) {
            return at(option.get(), "--server");
        }
        Optional<String> variable = environment.variable(SERVER_VARIABLE);
        if (variable.isPresent()) {
            return at(variable.get(), SERVER_VARIABLE);
        }
        Optional<NodeFile> here = nodeHere();
        if (here.isPresent()) {
            return at(here.get().adminUrl().toString(), "the running node of ./.treadle");
        }
        return at(DEFAULT, "the default");
    }

    /** The running node whose data folder is {@code ./.treadle}. */
    public Optional<NodeFile> nodeHere() {
        return NodeFile.running(environment.directory().resolve(".treadle"));
    }

    /** The files a token for {@code url} may stand in, in the order they are tried. */
    public List<Path> tokenFiles(URI url) {
        Stream<Path> here =
                nodeHere().filter(node -> isSame(node.adminUrl(), url)).stream()
                        .map(NodeFile::token);
        return Stream.concat(here, ownersFiles(url)).toList();
    }

    private Server at(String text, String foundBy) {
        URI url = parse(text, foundBy);
        Optional<Server.Token> token =
                environment
                        .variable(TOKEN_VARIABLE)
                        .map(value -> new Server.Token(value.strip(), TOKEN_VARIABLE))
                        .or(
                                () ->
                                        tokenFiles(url).stream()
                                                .flatMap(file -> read(file).stream())
                                                .findFirst());
        return new Server(url, token, foundBy);
    }

    private static URI parse(String text, String foundBy) {
        String url = text.contains("://") ? text : "http://" + text;
        try {
            URI parsed = new URI(url.replaceAll("/+$", ""));
            boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (http && parsed.getHost() != null) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            throw notUrl(text, foundBy).causedBy(e);
        }
        throw notUrl(text, foundBy);
    }

    private static Failure notUrl(String text, String foundBy) {
        return Failure.usage(
                "'%s' from %s is not the address of a node".formatted(text, foundBy),
                "A node's admin listener has an http or https URL with a host and a port.",
                "treadle list --server " + DEFAULT);
    }

    /** A node on this machine also writes its token to its owner's home. */
    private Stream<Path> ownersFiles(URI url) {
        if (!LOCAL.contains(url.getHost())) {
            return Stream.empty();
        }
        Path tokens = environment.home().resolve(".treadle").resolve("tokens");
        return Stream.concat(Stream.of(url.getHost()), Stream.of("127.0.0.1", "localhost"))
                .distinct()
                .map(host -> tokens.resolve(host + "_" + port(url)));
    }

    private static boolean isSame(URI a, URI b) {
        boolean hosts =
                a.getHost().equals(b.getHost())
                        || (LOCAL.contains(a.getHost()) && LOCAL.contains(b.getHost()));
        return hosts && port(a) == port(b);
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private Optional<Server.Token> read(Path file) {
        try {
            return Optional.of(
                            new Server.Token(
                                    Files.readString(file).strip(), environment.show(file)))
                    .filter(token -> !token.value().isEmpty());
        } catch (IOException e) {
            return Optional.empty(); // not there, or not ours to read: `doctor` tells which
        }
    }
}
