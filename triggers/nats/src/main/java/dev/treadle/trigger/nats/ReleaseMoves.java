package dev.treadle.trigger.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a consumer had delivered each time its function's alias moved. Events are delivered for
 * the first time in the order of their stream, so this tells which release an event's first attempt
 * went to, when the node died that made it: at the price of one write for each move, not for each
 * event.
 *
 * @param moves oldest first
 */
record ReleaseMoves(List<Move> moves) {
    static final ReleaseMoves NONE = new ReleaseMoves(List.of());

    /** Older ones concern no event that is still tried. */
    private static final int MOST = 20;

    private static final int PLACES = 100;
    private static final Pattern PART = Pattern.compile("v(\\d{1,9})(?:=(\\d{1,3}))?");

    ReleaseMoves {
        moves = List.copyOf(moves);
    }

    /**
     * One move.
     *
     * @param upTo the last sequence that was delivered before it
     * @param before where the alias pointed until then: {@code v7}, or {@code v7=90,v8=10}
     */
    record Move(long upTo, String before) {}

    /** With one move more. A consumer that stands further back than before has begun anew. */
    ReleaseMoves with(Move move) {
        List<Move> all = new ArrayList<>();
        if (moves.isEmpty() || moves.getLast().upTo() <= move.upTo()) {
            all.addAll(moves);
        }
        all.add(move);
        return new ReleaseMoves(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    /**
     * The release that the alias meant when the event was first delivered.
     *
     * @param chance what picked among weighted releases then
     * @return empty when the alias has not moved since
     */
    OptionalInt release(long sequence, long chance) {
        for (Move move : moves) {
            if (sequence <= move.upTo()) {
                return pick(move.before(), chance);
            }
        }
        return OptionalInt.empty();
    }

    /** As the engine does: a hundred places, shared out by weight. */
    private static OptionalInt pick(String split, long chance) {
        long place = Long.remainderUnsigned(chance, PLACES);
        Matcher part = PART.matcher(split);
        while (part.find()) {
            int weight = part.group(2) == null ? PLACES : Integer.parseInt(part.group(2));
            if (place < weight) {
                return OptionalInt.of(Integer.parseInt(part.group(1)));
            }
            place -= weight;
        }
        return OptionalInt.empty();
    }

    /** A line for each move. */
    String text() {
        return moves.stream()
                .map(move -> move.upTo() + " " + move.before())
                .collect(Collectors.joining("\n"));
    }

    static ReleaseMoves parse(String text) {
        return new ReleaseMoves(
                text.lines()
                        .map(line -> line.split(" ", 2))
                        .filter(parts -> parts.length == 2)
                        .map(parts -> new Move(Long.parseLong(parts[0]), parts[1]))
                        .toList());
    }
}
