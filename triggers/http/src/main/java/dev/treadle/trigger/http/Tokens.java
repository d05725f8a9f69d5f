package dev.treadle.trigger.http;

/** Lists of tokens in headers. */
final class Tokens {
    private Tokens() {}

    /** Whether a comma-separated list has a token, without regard to case. */
    static boolean contains(String list, String token) {
        for (String each : list.split(",", -1)) {
            if (each.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
