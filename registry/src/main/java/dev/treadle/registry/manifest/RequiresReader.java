package dev.treadle.registry.manifest;

import dev.treadle.registry.Requirement;
import dev.treadle.registry.Requirement.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code requires}. */
final class RequiresReader {
    private static final int MAX = 20;
    private static final List<String> KINDS = List.of("http", "tcp", "function");
    private static final List<String> KEYS =
            List.of("http", "tcp", "function", "interval", "timeout", "failures");
    private static final String EXPECTED =
            "a mapping with one of http, tcp, function, such as {tcp: \"db:5432\"}";
    private static final String EXPECTED_URL =
            "a URL that begins with http:// or https://, without user and fragment";
    private static final String EXPECTED_PORT = "HOST:PORT, such as db.internal:5432";
    private static final String EXPECTED_FUNCTION = "the name of a function";
    private static final Pattern HOST_PORT =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);
    private static final Duration INTERVAL_MAX = Duration.ofHours(1);
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(10);
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);
    private static final int FAILURES_MAX = 100;

    private final Problems problems;
    private final Values values;

    RequiresReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    List<Requirement> read(At at) {
        if (!(at.node() instanceof SequenceNode sequence) || sequence.getValue().size() > MAX) {
            problems.error(at, "a list of at most %d dependencies".formatted(MAX));
            return List.of();
        }
        List<Requirement> requires = new ArrayList<>();
        List<Node> nodes = sequence.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            At item = at.item(i, nodes.get(i));
            Mapping.read(item, EXPECTED, problems)
                    .flatMap(this::requirement)
                    .filter(each -> isNew(each, requires, item))
                    .ifPresent(requires::add);
        }
        return List.copyOf(requires);
    }

    private boolean isNew(Requirement one, List<Requirement> before, At at) {
        boolean known = before.stream().anyMatch(other -> other.target().equals(one.target()));
        if (known) {
            problems.error(at, "each dependency once", one + " again", Optional.empty());
        }
        return !known;
    }

    private Optional<Requirement> requirement(Mapping item) {
        item.checkKeys(KEYS, List.of("binding"));
        List<String> kinds = KINDS.stream().filter(item.values()::containsKey).toList();
        if (kinds.size() != 1) {
            String found = "the keys " + item.values().keySet();
            problems.error(item.at(), EXPECTED, found, Optional.empty());
            return Optional.empty();
        }
        Optional<Target> target = item.get(kinds.get(0)).flatMap(at -> target(kinds.get(0), at));
        Optional<Duration> interval =
                duration(item, "interval", INTERVAL_MIN, INTERVAL_MAX, Requirement.INTERVAL);
        Optional<Duration> timeout =
                duration(item, "timeout", TIMEOUT_MIN, TIMEOUT_MAX, Requirement.TIMEOUT);
        Optional<Integer> failures =
                item.get("failures")
                        .map(at -> values.integer(at, 1, FAILURES_MAX))
                        .orElse(Optional.of(Requirement.FAILURES));
        return target.isEmpty() || interval.isEmpty() || timeout.isEmpty() || failures.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Requirement(
                                target.get(), interval.get(), timeout.get(), failures.get()));
    }

    private Optional<Duration> duration(
            Mapping item, String key, Duration min, Duration max, Duration usual) {
        return item.get(key).map(at -> values.duration(at, min, max)).orElse(Optional.of(usual));
    }

    private Optional<Target> target(String kind, At at) {
        return switch (kind) {
            case "http" -> url(at);
            case "tcp" -> port(at);
            default -> values.functionName(at, EXPECTED_FUNCTION).map(Target.Function::new);
        };
    }

    private Optional<Target> url(At at) {
        Optional<URI> url = values.webUrl(at, EXPECTED_URL);
        if (url.isPresent() && url.get().getFragment() != null) {
            problems.error(at, EXPECTED_URL);
            return Optional.empty();
        }
        return url.map(Target.Http::new);
    }

    private Optional<Target> port(At at) {
        Optional<String> text = values.text(at, HOST_PORT, EXPECTED_PORT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = HOST_PORT.matcher(text.get());
        if (!parts.matches()) {
            throw new IllegalStateException(text.get());
        }
        int port = Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            problems.error(at, EXPECTED_PORT + ", the port 1 to 65535");
            return Optional.empty();
        }
        return Optional.of(new Target.Tcp(parts.group(1), port));
    }
}
