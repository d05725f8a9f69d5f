package dev.treadle.registry.manifest;

import java.util.regex.Pattern;

/** What NATS takes for names; the JSON Schema says the same. */
final class NatsNames {
    /** Of a subject, between dots: printable ASCII without {@code * . >}. */
    private static final String TOKEN = "[!-)+\\-/-=?-~]+";

    static final Pattern STREAM = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    static final Pattern SUBJECT =
            Pattern.compile("(?=.{1,255}$)(>|(\\*|%1$s)(\\.(\\*|%1$s))*(\\.>)?)".formatted(TOKEN));
    static final Pattern QUEUE = Pattern.compile("(?=.{1,255}$)%1$s(\\.%1$s)*".formatted(TOKEN));

    static final String EXPECTED_STREAM =
            "a stream's name: letters, digits, _ and -, 255 characters at most";
    static final String EXPECTED_SUBJECT =
            "a NATS subject such as orders.created, orders.*.created or orders.>";
    static final String EXPECTED_QUEUE = "a queue group's name, such as workers";

    private NatsNames() {}
}
