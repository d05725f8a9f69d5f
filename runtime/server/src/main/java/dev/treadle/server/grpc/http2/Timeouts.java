package dev.treadle.server.grpc.http2;

import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long callers wait: {@code grpc-timeout}. */
final class Timeouts {
    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,8})([HMSmun])");
    private static final Map<String, TimeUnit> UNITS =
            Map.of(
                    "H", TimeUnit.HOURS,
                    "M", TimeUnit.MINUTES,
                    "S", TimeUnit.SECONDS,
                    "m", TimeUnit.MILLISECONDS,
                    "u", TimeUnit.MICROSECONDS,
                    "n", TimeUnit.NANOSECONDS);

    private Timeouts() {}

    /** When the caller gives up; empty when it does not say so in a way that can be read. */
    static Optional<Deadline> deadline(Metadata headers) {
        String text = headers.get(HEADER);
        Matcher timeout = TIMEOUT.matcher(text == null ? "" : text);
        if (!timeout.matches()) {
            return Optional.empty();
        }
        TimeUnit unit = UNITS.getOrDefault(timeout.group(2), TimeUnit.SECONDS);
        return Optional.of(Deadline.after(Long.parseLong(timeout.group(1)), unit));
    }
}
