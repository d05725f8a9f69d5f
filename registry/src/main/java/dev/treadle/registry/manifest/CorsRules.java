package dev.treadle.registry.manifest;

import java.time.Duration;
import java.util.regex.Pattern;

/** What may stand in {@code cors}. */
final class CorsRules {
    /** What browsers assume when a preflight's answer names no age. */
    static final Duration MAX_AGE = Duration.ofSeconds(5);

    static final Duration MAX_AGE_MAX = Duration.ofDays(1);

    static final Pattern ORIGIN =
            Pattern.compile(
                    "\\*|null|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");
    static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    static final String EXPECTED_ORIGIN =
            "an origin such as https://app.example.com (no path, no / at the end) or *";
    static final String EXPECTED_ORIGINS = "a list of origins such as [https://app.example.com]";
    static final String EXPECTED_HEADER = "a header's name such as X-Request-Id, or *";

    private CorsRules() {}
}
