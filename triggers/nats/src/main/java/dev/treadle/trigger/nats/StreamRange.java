package dev.treadle.trigger.nats;

import io.nats.client.api.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The part of a stream that a replay reads, as it was when the replay began: what arrives later is
 * not read.
 *
 * @param stream the stream's name
 * @param subject which of its subjects
 * @param first the first number to read
 * @param last the last number to read; less than the first when there is nothing to read
 * @param begins the number that the stream begins with now, when what is wanted began before and is
 *     gone
 * @param gaps what has been removed between the first and the last
 */
public record StreamRange(
        String stream, String subject, long first, long last, OptionalLong begins, Gaps gaps) {
    /** The list of the deleted comes in one answer. */
    private static final long DELETED_MAX = 100_000;

    /**
     * @throws EventsGone when the stream is not there, or has nothing of what is wanted any more
     */
    static StreamRange find(StreamLook look, NatsTriggerConfig trigger, Selection wanted) {
        StreamState state = look.state();
        String stream = trigger.stream();
        long begin = Math.max(1, state.getFirstSequence());
        if (state.getMsgCount() == 0) {
            if (state.getLastSequence() > 0) {
                throw new EventsGone(
                        "the stream %s has none of its %d events any more"
                                .formatted(stream, state.getLastSequence()));
            }
            return new StreamRange(
                    stream, trigger.subject(), 1, 0, OptionalLong.empty(), Gaps.NONE);
        }
        Instant beginTime = Objects.requireNonNull(state.getFirstTime()).toInstant();
        if (endsBefore(wanted, begin, beginTime)) {
            throw new EventsGone(
                    "the stream %s begins with number %d of %s; what came before is gone"
                            .formatted(stream, begin, beginTime));
        }
        long last = Math.min(wanted.last().orElse(Long.MAX_VALUE), state.getLastSequence());
        if (wanted.until().isPresent()) {
            last = Math.min(last, look.numberAt(wanted.until().get(), begin, last) - 1);
        }
        long first = Math.max(wanted.first().orElse(1), begin);
        if (wanted.since().isPresent()) {
            first = look.numberAt(wanted.since().get(), first, Math.max(first - 1, last));
        }
        boolean late =
                wanted.first().orElse(1) < begin
                        && wanted.since().map(since -> since.isBefore(beginTime)).orElse(true);
        return new StreamRange(
                stream,
                trigger.subject(),
                first,
                last,
                late ? OptionalLong.of(begin) : OptionalLong.empty(),
                gaps(look, state.getDeletedCount(), first, last));
    }

    private static boolean endsBefore(Selection wanted, long begin, Instant beginTime) {
        boolean early = wanted.until().map(until -> !until.isAfter(beginTime)).orElse(false);
        return wanted.last().orElse(Long.MAX_VALUE) < begin || (begin > 1 && early);
    }

    private static Gaps gaps(StreamLook look, long deleted, long first, long last) {
        if (deleted == 0) {
            return Gaps.NONE;
        }
        return deleted > DELETED_MAX
                ? new Gaps(deleted, List.of())
                : Gaps.between(first, last, look.deleted());
    }
}
