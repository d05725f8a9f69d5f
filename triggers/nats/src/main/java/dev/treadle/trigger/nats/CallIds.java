package dev.treadle.trigger.nats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes ids of calls: ULIDs of the time in milliseconds and 80 bits of chance, for whoever knows
 * one may read the result. Safe for threads if the chance is.
 */
record CallIds(InstantSource clock, RandomGenerator random) {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern LEGAL = Pattern.compile("[" + DIGITS + "]{26}");
    private static final int TIME_DIGITS = 10;
    private static final int HALF = 8;

    String next() {
        StringBuilder text = new StringBuilder(26);
        append(text, TIME_DIGITS, clock.millis());
        append(text, HALF, random.nextLong());
        append(text, HALF, random.nextLong());
        return text.toString();
    }

    /** The one id that follows from this text: a digest of it. */
    static String of(String text) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
            StringBuilder id = new StringBuilder(26);
            append(id, TIME_DIGITS, digest.getLong());
            append(id, HALF, digest.getLong());
            append(id, HALF, digest.getLong());
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this can be an id; what cannot must not get into a subject. */
    static boolean isLegal(String id) {
        return LEGAL.matcher(id).matches();
    }

    private static void append(StringBuilder text, int digits, long value) {
        for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5) {
            text.append(DIGITS.charAt((int) (value >>> shift & 31)));
        }
    }
}
