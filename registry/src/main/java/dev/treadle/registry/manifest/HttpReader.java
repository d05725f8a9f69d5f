package dev.treadle.registry.manifest;

import dev.treadle.registry.Destinations;
import dev.treadle.registry.Retry;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what stands under {@code http}. */
final class HttpReader {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String EXPECTED_METHODS =
            "a list of methods such as [GET, POST]; leave the key out for every method";

    private static final Duration RESULTS_LEAST = Duration.ofSeconds(1);

    private final Problems problems;
    private final Values values;

    HttpReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<TriggerSpec.Http> read(At at) {
        Optional<Mapping> read = Mapping.read(at, "a mapping with at least `path`", problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Mapping http = read.get();
        http.checkKeys(List.of("path", "methods", "auth", "cors", "async"), List.of());
        Optional<String> path = http.require("path", PathTemplate.EXPECTED).flatMap(this::path);
        Optional<List<String>> methods = http.get("methods").flatMap(this::methods);
        http.get("auth").ifPresent(this::auth);
        Optional<TriggerSpec.Cors> cors = http.get("cors").flatMap(this::cors);
        Optional<TriggerSpec.Async> async = http.get("async").flatMap(this::async);
        return path.map(p -> new TriggerSpec.Http(p, methods.orElse(List.of()), cors, async));
    }

    private Optional<TriggerSpec.Async> async(At at) {
        Optional<Mapping> read =
                Mapping.read(
                        at, "a mapping such as {retry: {attempts: 3}, results: 24h}", problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Mapping async = read.get();
        async.checkKeys(List.of("retry", "results", "onSuccess", "onFailure"), List.of());
        Destinations destinations = new DestinationReader(problems).read(async);
        Optional<Retry> retry =
                async.get("retry")
                        .map(new RetryReader(problems)::read)
                        .orElse(Optional.of(Retry.DEFAULT));
        Optional<Duration> results =
                async.get("results")
                        .map(
                                age ->
                                        values.duration(
                                                age, RESULTS_LEAST, TriggerSpec.Async.RESULTS_MAX))
                        .orElse(Optional.of(TriggerSpec.Async.DEFAULT.results()));
        return retry.flatMap(r -> results.map(age -> new TriggerSpec.Async(r, age, destinations)));
    }

    private Optional<String> path(At at) {
        Optional<String> text = values.text(at, PathTemplate.EXPECTED);
        Optional<String> violation = text.flatMap(PathTemplate::violation);
        if (violation.isPresent()) {
            Optional<String> suggestion = text.flatMap(HttpReader::mended);
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
