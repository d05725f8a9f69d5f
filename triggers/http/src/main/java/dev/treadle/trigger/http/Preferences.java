package dev.treadle.trigger.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;

/** What a caller would rather have (RFC 7240). */
final class Preferences {
    static final String RESPOND_ASYNC = "respond-async";
    static final HeaderName HEADER = HeaderNames.create("Prefer");
    static final HeaderName APPLIED = HeaderNames.create("Preference-Applied");

    private Preferences() {}

    /** Whether the answer may come later. */
    static boolean respondAsync(ServerRequestHeaders headers) {
        return headers.contains(HEADER)
                && headers.get(HEADER).allValues().stream()
                        .anyMatch(Preferences::namesRespondAsync);
    }

    /** Preferences are divided by commas; each may have a value and parameters after it. */
    private static boolean namesRespondAsync(String list) {
        for (String preference : list.split(",", -1)) {
            if (preference.split("[;=]", 2)[0].strip().equalsIgnoreCase(RESPOND_ASYNC)) {
                return true;
            }
        }
        return false;
    }
}
