package dev.treadle.cli;

import tools.jackson.databind.JsonNode;

/** What a node says about NATS, for people. */
final class NatsFinding {
    private static final String SUBJECT = "nats";

    private NatsFinding() {}

    /** The verdict on it, from the part {@code nats} of the node's document. */
    static Finding of(JsonNode nats) {
        String text = text(nats);
        return switch (nats.path("state").asString("")) {
            case "off" -> Finding.ok(SUBJECT, text);
            case "connected" ->
                    nats.path("warnings").isEmpty()
                            ? Finding.ok(SUBJECT, text)
                            : Finding.warn(
                                    SUBJECT,
                                    text + "; " + Texts.joined(nats.path("warnings")),
                                    "install a newer nats-server: https://github.com/nats-io/nats-server/releases");
            case "unavailable" ->
                    Finding.warn(
                            SUBJECT,
                            text,
                            "install nats-server, or: treadle up --nats URL, treadle up --nats off");
            default -> Finding.warn(SUBJECT, text, "treadle doctor, in a moment");
        };
    }

    /** One line: which server and how it keeps what it acknowledges, or why there is none. */
    static String text(JsonNode nats) {
        String state = nats.path("state").asString("unknown");
        if (!state.equals("connected")) {
            return "%s: %s".formatted(state, nats.path("detail").asString("no more is known"));
        }
        return "%s nats-server %s at %s, durability %s%s"
                .formatted(
                        nats.path("mode").asString("?"),
                        nats.path("version").asString("?"),
                        nats.path("url").asString("?"),
                        nats.path("durability").asString("?"),
                        nats.path("stopping").asBoolean(false) ? ", stops soon" : "");
    }
}
