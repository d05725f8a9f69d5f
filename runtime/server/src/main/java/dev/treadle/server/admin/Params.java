package dev.treadle.server.admin;

import dev.treadle.registry.FunctionName;
import dev.treadle.trigger.ErrorCode;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads path and query parameters; a bad one is the caller's 400 that names it. */
final class Params {
    private Params() {}

    static FunctionName function(ServerRequest request) {
        String name = path(request, "name");
        if (!FunctionName.isLegal(name)) {
            throw new ApiException(
                    ErrorCode.NO_FUNCTION, "there is no function '%s'".formatted(name));
        }
        return new FunctionName(name);
    }

    static String path(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    static Optional<String> query(ServerRequest request, String name) {
        return request.query().first(name).asOptional().filter(value -> !value.isEmpty());
    }

    /** A field that the body must have. */
    static <T> T required(String field, Optional<T> value) {
        return value.orElseThrow(
                () ->
                        new ApiException(
                                ErrorCode.BAD_REQUEST, "the body needs '%s'".formatted(field)));
    }

    static OptionalInt number(ServerRequest request, String name, int least, int most) {
        Optional<String> text = query(request, name);
        return text.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(number(name, text.get(), least, most));
    }

    static int number(String name, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(name, "a number from %d to %d".formatted(least, most), text);
        }
        throw bad(name, "a number from %d to %d".formatted(least, most), text);
    }

    static Optional<Instant> instant(ServerRequest request, String name) {
        return query(request, name)
                .map(
                        text -> {
                            try {
                                return Instant.parse(text);
                            } catch (DateTimeParseException e) {
                                throw bad(name, "a time such as 2026-01-31T12:00:00Z", text);
                            }
                        });
    }

    static <E extends Enum<E>> Optional<E> choice(
            ServerRequest request, String name, Class<E> type) {
        return query(request, name)
                .map(
                        text ->
                                Arrays.stream(type.getEnumConstants())
                                        .filter(value -> value.name().equalsIgnoreCase(text))
                                        .findFirst()
                                        .orElseThrow(() -> bad(name, choices(type), text)));
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        return "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
    }

    private static ApiException bad(String name, String expected, String found) {
        return new ApiException(
                ErrorCode.BAD_REQUEST,
                "the parameter %s: expected %s, found '%s'".formatted(name, expected, found));
    }
}
