package dev.treadle.cli;

import dev.treadle.registry.manifest.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment: so long ago ({@code 10m}), or one in RFC 3339. */
sealed interface Since {
    /** Reads one. */
    final class Converter implements ITypeConverter<Since> {
        @Override
        public Since convert(String value) {
            Optional<Duration> ago = DurationText.parse(value);
            if (ago.isPresent()) {
                return new Ago(ago.get());
            }
            try {
                return new At(OffsetDateTime.parse(value).toInstant());
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'%s' is neither a duration such as 10m or 2h nor a time such as 2026-11-01T12:00:00Z"
                                .formatted(value));
            }
        }
    }

    /** So long before now. */
    record Ago(Duration duration) implements Since {}

    /** That moment. */
    record At(Instant instant) implements Since {}

    default Instant instant(InstantSource clock) {
        return switch (this) {
            case Ago(Duration duration) -> clock.instant().minus(duration);
            case At(Instant at) -> at;
        };
    }
}
