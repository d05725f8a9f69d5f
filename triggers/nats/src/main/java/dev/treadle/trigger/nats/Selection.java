package dev.treadle.trigger.nats;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which events of a trigger's stream are wanted again.
 *
 * @param first those with this number or a later one
 * @param last those with this number or an earlier one
 * @param since those that the stream took in at this time or later
 * @param until those that the stream took in before
 * @param filter those that match this, beside the trigger's own filter
 * @param limit so many at most
 */
public record Selection(
        OptionalLong first,
        OptionalLong last,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<EventFilter> filter,
        long limit) {}
