package dev.treadle.registry.manifest;

import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code triggers}. */
final class TriggerReader {
    static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> KINDS = List.of("http");
    private static final List<String> LATER_KINDS = List.of("nats", "rpc", "schedule");
    private static final String EXPECTED_KIND = "a trigger such as `http: {path: /hello}`";
    private static final String EXPECTED_METHODS =
            "a list of methods such as [GET, POST]; leave the key out for every method";

    private final Problems problems;
    private final Values values;

    TriggerReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    List<TriggerSpec> read(At at) {
        List<TriggerSpec> triggers = new ArrayList<>();
        if (at.node() instanceof SequenceNode sequence) {
            List<Node> nodes = sequence.getValue();
            for (int i = 0; i < nodes.size(); i++) {
                trigger(at.item(i, nodes.get(i))).ifPresent(triggers::add);
            }
        } else {
            problems.error(at, "a list of triggers");
        }
        return triggers;
    }

    private Optional<TriggerSpec> trigger(At at) {
        Optional<Mapping> mapping = Mapping.read(at, EXPECTED_KIND, problems);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        if (mapping.get().values().size() != 1) {
            String found =
                    mapping.get().values().size() + " keys: " + mapping.get().values().keySet();
            problems.error(at, EXPECTED_KIND + ", one kind an item", found, Optional.empty());
            return Optional.empty();
        }
        String kind = mapping.get().values().keySet().iterator().next();
        if (!kind.equals("http")) {
            unknownKind(mapping.get().key(kind), kind);
            return Optional.empty();
        }
        return mapping.get().get(kind).flatMap(this::http);
    }

    private void unknownKind(At at, String kind) {
        Optional<String> nearest = DidYouMean.nearest(kind, KINDS);
        String found = "`" + kind + "`";
        if (nearest.isPresent()) {
            problems.error(at, "a kind of trigger: http", found, nearest);
            return;
        }
        Optional<String> later = DidYouMean.nearest(kind, LATER_KINDS);
        String message =
                "%s: `%s` triggers are not known to this version of Treadle, which has only `http`"
                        .formatted(at.path(), later.orElse(kind));
        problems.error(
                new Problem(
                        at.path(),
                        at.line(),
                        "a kind of trigger: http",
                        found,
                        later.filter(l -> !l.equals(kind)),
                        message));
    }

    private Optional<TriggerSpec> http(At at) {
        Optional<Mapping> read = Mapping.read(at, "a mapping with at least `path`", problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Mapping http = read.get();
        http.checkKeys(List.of("path", "methods", "auth", "cors"), List.of());
        Optional<String> path = http.require("path", PathTemplate.EXPECTED).flatMap(this::path);
        Optional<List<String>> methods = http.get("methods").flatMap(this::methods);
        http.get("auth").ifPresent(this::auth);
        Optional<TriggerSpec.Cors> cors = http.get("cors").flatMap(this::cors);
        return path.map(p -> new TriggerSpec.Http(p, methods.orElse(List.of()), cors));
    }

    private Optional<String> path(At at) {
        Optional<String> text = values.text(at, PathTemplate.EXPECTED);
        Optional<String> violation = text.flatMap(PathTemplate::violation);
        if (violation.isPresent()) {
            Optional<String> suggestion = text.flatMap(TriggerReader::mended);
            String message =
                    "%s: %s, found %s%s"
                            .formatted(
                                    at.path(),
                                    violation.get(),
                                    at.found(),
                                    Problems.didYouMean(suggestion));
            problems.error(
                    new Problem(
                            at.path(),
                            at.line(),
                            PathTemplate.EXPECTED,
                            at.found(),
                            suggestion,
                            message));
            return Optional.empty();
        }
        return text;
    }

    /** Most wrong paths have a slash too few or too many. */
    private static Optional<String> mended(String path) {
        String mended = ("/" + path).replaceAll("/{2,}", "/");
        String trimmed = mended.length() > 1 ? mended.replaceAll("/$", "") : mended;
        return Optional.of(trimmed)
                .filter(p -> !p.equals(path) && PathTemplate.violation(p).isEmpty());
    }

    private Optional<List<String>> methods(At at) {
        return values.someOf(at, EXPECTED_METHODS, item -> values.oneOf(item, METHODS));
    }

    private void auth(At at) {
        Optional<String> auth = values.text(at, "none");
        if (auth.isPresent() && !auth.get().equals("none")) {
            String message =
                    "%s: this version of Treadle knows only `none`, found %s"
                            .formatted(at.path(), at.found());
            problems.error(
                    new Problem(
                            at.path(),
                            at.line(),
                            "none",
                            at.found(),
                            Optional.of("none"),
                            message));
        }
    }

    private Optional<TriggerSpec.Cors> cors(At at) {
        Optional<Mapping> read = Mapping.read(at, "a mapping with at least `origins`", problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Mapping cors = read.get();
        cors.checkKeys(
                List.of("origins", "methods", "headers", "expose", "credentials", "maxAge"),
                List.of());
        Optional<List<String>> origins =
                cors.require("origins", CorsRules.EXPECTED_ORIGINS)
                        .flatMap(o -> values.someOf(o, CorsRules.EXPECTED_ORIGINS, this::origin));
        Optional<List<String>> methods = cors.get("methods").flatMap(this::methods);
        Optional<List<String>> headers = cors.get("headers").flatMap(this::headers);
        Optional<List<String>> expose = cors.get("expose").flatMap(this::headers);
        Optional<Boolean> credentials = cors.get("credentials").flatMap(values::bool);
        Optional<Duration> maxAge =
                cors.get("maxAge")
                        .flatMap(age -> values.duration(age, Duration.ZERO, CorsRules.MAX_AGE_MAX));
        if (credentials.orElse(false) && origins.orElse(List.of()).contains("*")) {
            problems.error(
                    cors.key("credentials"),
                    "named origins where credentials are allowed",
                    "the origin \"*\" with credentials: true",
                    Optional.empty());
        }
        return origins.map(
                o ->
                        new TriggerSpec.Cors(
                                o,
                                methods.orElse(List.of()),
                                headers.orElse(List.of()),
                                expose.orElse(List.of()),
                                credentials.orElse(false),
                                maxAge.orElse(CorsRules.MAX_AGE)));
    }

    private Optional<String> origin(At at) {
        return values.text(at, CorsRules.ORIGIN, CorsRules.EXPECTED_ORIGIN);
    }

    private Optional<List<String>> headers(At at) {
        return values.list(
                at,
                "a list of header names such as [X-Request-Id]",
                item -> values.text(item, CorsRules.HEADER, CorsRules.EXPECTED_HEADER));
    }
}
