package dev.treadle.server.admin;

import java.util.Map;

/** How this node's webhooks fare, in Prometheus text format. */
final class WebhookMetrics {
    private static final String GIVEN_UP = "treadle_webhooks_given_up_total";

    private WebhookMetrics() {}

    /**
     * Nothing when none was given up.
     *
     * @param givenUp how many, by function
     */
    static String text(Map<String, Long> givenUp) {
        if (givenUp.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append("# HELP %s Webhooks that nobody took\n".formatted(GIVEN_UP));
        text.append("# TYPE %s counter\n".formatted(GIVEN_UP));
        givenUp.forEach(
                (function, count) ->
                        text.append(
                                "%s{faas_name=\"%s\"} %d\n".formatted(GIVEN_UP, function, count)));
        return text.toString();
    }
}
