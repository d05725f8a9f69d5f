package dev.treadle.registry.manifest;

import dev.treadle.registry.Destinations;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.TriggerSpec.Schedule.Missed;
import dev.treadle.registry.TriggerSpec.Schedule.Overlap;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what stands under {@code schedule}. Of the cron expression only its form is looked at; what
 * its fields mean is the schedule trigger's.
 */
final class ScheduleReader {
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final Pattern OFFSET = Pattern.compile("Z|[+-](0[0-9]|1[0-7]):[0-5][0-9]");
    private static final Pattern CRON =
            Pattern.compile("@[a-z]+|[0-9A-Za-z*?/,#-]+( +[0-9A-Za-z*?/,#-]+){4,5}");
    private static final String EXPECTED_CRON =
            "a cron expression of five fields, or six with seconds first, such as \"0 */5 * * * *\"";
    private static final String EXPECTED_ZONE = "a time zone such as Europe/Paris, UTC or +02:00";

    private final Problems problems;
    private final Values values;

    ScheduleReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<TriggerSpec> read(At at) {
        return Mapping.read(at, "a mapping with at least `cron`", problems).flatMap(this::schedule);
    }

    private Optional<TriggerSpec> schedule(Mapping schedule) {
        schedule.checkKeys(
                List.of("cron", "zone", "overlap", "missed", "onSuccess", "onFailure"), List.of());
        Optional<String> cron =
                schedule.require("cron", EXPECTED_CRON)
                        .flatMap(at -> values.text(at, CRON, EXPECTED_CRON));
        Optional<ZoneId> zone = schedule.get("zone").map(this::zone).orElse(Optional.of(ZONE));
        Optional<Overlap> overlap =
                schedule.get("overlap")
                        .map(at -> values.word(at, Overlap.class))
                        .orElse(Optional.of(Overlap.SKIP));
        Optional<Missed> missed =
                schedule.get("missed")
                        .map(at -> values.word(at, Missed.class))
                        .orElse(Optional.of(Missed.SKIP));
        Destinations destinations = new DestinationReader(problems).read(schedule);
        boolean complete =
                cron.isPresent() && zone.isPresent() && overlap.isPresent() && missed.isPresent();
        return complete
                ? Optional.of(
                        new TriggerSpec.Schedule(
                                cron.get(), zone.get(), overlap.get(), missed.get(), destinations))
                : Optional.empty();
    }

    private Optional<ZoneId> zone(At at) {
        Optional<String> text = values.text(at, EXPECTED_ZONE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(text.get()) || OFFSET.matcher(text.get()).matches()) {
            return Optional.of(ZoneId.of(text.get()));
        }
        problems.error(at, EXPECTED_ZONE, at.found(), DidYouMean.nearest(text.get(), known));
        return Optional.empty();
    }
}
