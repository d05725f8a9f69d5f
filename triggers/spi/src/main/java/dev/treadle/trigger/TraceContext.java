package dev.treadle.trigger;

import java.util.Optional;

/**
 * A place in a distributed trace (W3C Trace Context, level 1).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero
 * @param flags two hexadecimal digits; bit 0 says that the caller samples
 * @param state the {@code tracestate} header, passed on as it came
 */
public record TraceContext(String traceId, String parentId, String flags, Optional<String> state) {
    private static final int LENGTH = 55;

    /**
     * Reads a {@code traceparent} header; empty when it is not a legal one, as the standard
     * demands.
     */
    public static Optional<TraceContext> parse(String traceparent, Optional<String> state) {
        if (traceparent.length() < LENGTH
                || traceparent.charAt(2) != '-'
                || traceparent.charAt(35) != '-'
                || traceparent.charAt(52) != '-') {
            return Optional.empty();
        }
        String version = traceparent.substring(0, 2);
        boolean longer = traceparent.length() > LENGTH;
        if (longer && (version.equals("00") || traceparent.charAt(LENGTH) != '-')) {
            return Optional.empty();
        }
        String traceId = traceparent.substring(3, 35);
        String parentId = traceparent.substring(36, 52);
        String flags = traceparent.substring(53, 55);
        boolean legal =
                isHex(version)
                        && !version.equals("ff")
                        && isHex(traceId)
                        && isHex(parentId)
                        && isHex(flags)
                        && !isZero(traceId)
                        && !isZero(parentId);
        return legal
                ? Optional.of(new TraceContext(traceId, parentId, flags, state))
                : Optional.empty();
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }
}
