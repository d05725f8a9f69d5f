package dev.treadle.registry.manifest;

import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code onSuccess} and {@code onFailure}. */
final class DestinationReader {
    private static final List<String> KINDS = List.of("subject", "function", "webhook");
    private static final String EXPECTED =
            "one of {subject: orders.done}, {function: NAME} or {webhook: \"https://host/path\"}";
    static final String EXPECTED_SUBJECT = "a NATS subject without wildcards";
    private static final String EXPECTED_FUNCTION = "a function's name: a DNS label";
    private static final String EXPECTED_URL = "a URL such as https://host/path, without a user";
    static final Pattern PLAIN_SUBJECT =
            Pattern.compile("(?=.{1,255}$)[!-)+\\-/-=?-~]+(\\.[!-)+\\-/-=?-~]+)*");
    private static final int URL_LENGTH_MAX = 2_048;

    private final Problems problems;
    private final Values values;

    DestinationReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** What is wrong is told; it is none then. */
    Destinations read(Mapping trigger) {
        return new Destinations(
                trigger.get("onSuccess").flatMap(this::destination),
                trigger.get("onFailure").flatMap(this::destination));
    }

    private Optional<Destination> destination(At at) {
        Optional<Mapping> mapping = Mapping.read(at, EXPECTED, problems);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        List<String> kinds = KINDS.stream().filter(mapping.get().values()::containsKey).toList();
        if (kinds.size() != 1 || mapping.get().values().size() != 1) {
            problems.error(
                    at, EXPECTED, "the keys " + mapping.get().values().keySet(), Optional.empty());
            return Optional.empty();
        }
        At value = mapping.get().get(kinds.getFirst()).orElseThrow();
        return switch (kinds.getFirst()) {
            case "subject" ->
                    values.text(value, PLAIN_SUBJECT, EXPECTED_SUBJECT)
                            .map(Destination.ToSubject::new);
            case "function" ->
                    values.functionName(value, EXPECTED_FUNCTION).map(Destination.ToFunction::new);
            default -> webhook(value);
        };
    }

    private Optional<Destination> webhook(At at) {
        Optional<URI> url = values.webUrl(at, EXPECTED_URL);
        if (url.isPresent() && url.get().toString().length() > URL_LENGTH_MAX) {
            problems.error(
                    at, EXPECTED_URL + ", of %d characters at most".formatted(URL_LENGTH_MAX));
            return Optional.empty();
        }
        return url.map(Destination.ToWebhook::new);
    }
}
