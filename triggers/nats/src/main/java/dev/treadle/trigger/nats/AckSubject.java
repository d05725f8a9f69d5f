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
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * @throws IllegalArgumentException when it is none
     */
    static AckSubject parse(String subject) {
        int tokens = tokens(subject);
        if (!subject.startsWith("$JS.ACK.")
                || (tokens != TOKENS && tokens < TOKENS_WITH_DOMAIN_LEAST)) {
            throw new IllegalArgumentException("'" + subject + "' answers no JetStream delivery");
        }
        int stream = after(subject, 0, tokens == TOKENS ? 2 : 2 + DOMAIN_TOKENS);
        int deliveries = after(subject, stream, 2);
        int sequence = after(subject, deliveries, 1);
        int time = after(subject, sequence, 2);
        long nanos = number(subject, time);
        return new AckSubject(
                subject.substring(stream, subject.indexOf('.', stream)),
                (int) Math.min(Integer.MAX_VALUE, number(subject, deliveries)),
                number(subject, sequence),
                Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    }

    private static int tokens(String subject) {
        int tokens = 1;
        for (int dot = subject.indexOf('.'); dot >= 0; dot = subject.indexOf('.', dot + 1)) {
            tokens++;
        }
        return tokens;
    }

    /** Where the token begins that is so many after the one that begins here. */
    private static int after(String subject, int begin, int tokens) {
        int at = begin;
        for (int i = 0; i < tokens; i++) {
            at = subject.indexOf('.', at) + 1;
        }
        return at;
    }

    private static long number(String subject, int begin) {
        return Long.parseLong(subject, begin, subject.indexOf('.', begin), 10);
    }
}
