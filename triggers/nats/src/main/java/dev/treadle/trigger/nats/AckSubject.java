package dev.treadle.trigger.nats;

import java.time.Instant;

/**
 * What the subject of an answer says of a delivery: {@code
 * $JS.ACK.STREAM.CONSUMER.DELIVERIES.SEQUENCE.CONSUMER_SEQUENCE.NANOS.PENDING}, or the same with
 * domain and account after {@code ACK} and perhaps something behind, as NATS' architecture decision
 * 15 has it. The client library reads it too, with a calendar's time and a good deal slower, on the
 * one thread that all events come through.
 *
 * @param deliveries this one included
 * @param published when the stream took the event in
 */
record AckSubject(String stream, int deliveries, long sequence, Instant published) {
    private static final int TOKENS = 9;
    private static final int TOKENS_WITH_DOMAIN_LEAST = 11;
    private static final int DOMAIN_TOKENS = 2;
    private static final int DOTS_READ = TOKENS_WITH_DOMAIN_LEAST;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * @throws IllegalArgumentException when it is none
     */
    static AckSubject parse(String subject) {
        int[] dots = new int[DOTS_READ];
        int tokens = tokens(subject, dots);
        if (!subject.startsWith("$JS.ACK.")
                || (tokens != TOKENS && tokens < TOKENS_WITH_DOMAIN_LEAST)) {
            throw new IllegalArgumentException("'" + subject + "' answers no JetStream delivery");
        }
        int stream = tokens == TOKENS ? 2 : 2 + DOMAIN_TOKENS;
        long nanos = number(subject, dots, stream + 5);
        return new AckSubject(
                subject.substring(dots[stream - 1] + 1, dots[stream]),
                (int) Math.min(Integer.MAX_VALUE, number(subject, dots, stream + 2)),
                number(subject, dots, stream + 3),
                Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    }

    /** Counts the tokens and notes where the first ones end. */
    private static int tokens(String subject, int[] dots) {
        int tokens = 1;
        for (int dot = subject.indexOf('.'); dot >= 0; dot = subject.indexOf('.', dot + 1)) {
            if (tokens <= dots.length) {
                dots[tokens - 1] = dot;
            }
            tokens++;
        }
        return tokens;
    }

    /** A token that is a number; the JDK's way takes longer, for any sequence of characters. */
    private static long number(String subject, int[] dots, int token) {
        int end = dots[token];
        long number = 0;
        for (int at = dots[token - 1] + 1; at < end; at++) {
            int digit = subject.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException(
                        "'" + subject + "' has '" + subject.charAt(at) + "' in a number");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
