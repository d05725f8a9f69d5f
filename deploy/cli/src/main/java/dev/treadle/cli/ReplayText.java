package dev.treadle.cli;

import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Console.Colour;
import dev.treadle.cli.console.Documents;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A replay for people: of a real one what failed, of a dry one each event. */
final class ReplayText {
    private static final int VALUE_MAX = 400;

    private final Console console;
    private final boolean dry;
    private final List<String> compared;

    /**
     * @param compared two names, or none
     */
    ReplayText(Console console, boolean dry, List<String> compared) {
        this.console = console;
        this.dry = dry;
        this.compared = compared;
    }

    /** Shows one line of the node's answer. */
    void show(JsonNode line) {
        if (line.has("begin")) {
            begin(line.path("begin"));
        } else if (line.has("event")) {
            event(line.path("event"));
        } else if (line.has("end")) {
            end(line.path("end"));
        }
    }

    private void begin(JsonNode begin) {
        if (begin.has("streamBegins")) {
            console.warn(
                    "the stream %s begins with number %d; what came before is gone"
                            .formatted(
                                    begin.path("stream").asString(""),
                                    begin.path("streamBegins").asLong()));
        }
        if (begin.has("gaps")) {
            JsonNode gaps = begin.path("gaps");
            String ranges =
                    gaps.path("ranges")
                            .valueStream()
                            .limit(10)
                            .map(ReplayText::range)
                            .collect(Collectors.joining(", "));
            console.warn(
                    "%d numbers are missing in between%s%s"
                            .formatted(
                                    gaps.path("events").asLong(),
                                    ranges.isEmpty() ? "" : ": " + ranges,
                                    gaps.path("ranges").size() > 10 ? ", …" : ""));
        }
    }

    private static String range(JsonNode range) {
        long first = range.path("first").asLong();
        long last = range.path("last").asLong();
        return first == last ? "" + first : first + "-" + last;
    }

    private void event(JsonNode event) {
        JsonNode output = event.path("outputs").path(0);
        if (!compared.isEmpty()) {
            console.say(head(event) + comparison(event.path("differences"), output));
            event.path("differences").forEach(this::difference);
        } else if (dry) {
            console.say(head(event) + outcome(output));
            output.path("publishes").forEach(this::published);
            output.path("changes").forEach(this::changed);
            answer(output.path("answer"));
        } else if (!succeeded(output)) {
            console.say(
                    "%s%s (invocation %s)"
                            .formatted(
                                    head(event),
                                    outcome(output),
                                    output.path("invocation").asString("")));
        }
    }

    private String comparison(JsonNode differences, JsonNode output) {
        if (!differences.isEmpty()) {
            return console.paint(Colour.RED, "different");
        }
        return succeeded(output) ? "same" : "same: " + outcome(output);
    }

    private static boolean succeeded(JsonNode output) {
        return output.path("outcome").asString("").equals("succeeded");
    }

    private static String head(JsonNode event) {
        return "#%d  %s  %s  "
                .formatted(
                        event.path("sequence").asLong(),
                        Texts.time(event.path("published").asString("")),
                        event.path("subject").asString(""));
    }

    private static String outcome(JsonNode output) {
        String outcome = output.path("outcome").asString("");
        if (succeeded(output)) {
            return outcome;
        }
        JsonNode error = output.path("error");
        String why =
                error.isMissingNode()
                        ? output.path("message").asString("")
                        : error.path("type").asString("")
                                + ": "
                                + error.path("message").asString("");
        int attempts = output.path("attempts").asInt();
        return "%s%s: %s %s"
                .formatted(
                        outcome,
                        attempts > 1 ? " after %d attempts".formatted(attempts) : "",
                        output.path("code").asString(""),
                        why);
    }

    private void changed(JsonNode change) {
        console.say(
                "    changes %s: %s"
                        .formatted(
                                change.path("binding").asString(""),
                                change.path("change").asString("")));
    }

    private void published(JsonNode published) {
        JsonNode event = published.path("event");
        JsonNode data = event.has("data") ? event.path("data") : event.path("data_base64");
        console.say(
                "    publishes to %s: %s %s"
                        .formatted(
                                published.path("subject").asString(""),
                                event.path("type").asString(""),
                                value(data)));
    }

    private void answer(JsonNode answer) {
        if (!answer.isMissingNode()) {
            JsonNode body = answer.has("body") ? answer.path("body") : answer.path("bodyBase64");
            console.say("    answers " + value(body));
        }
    }

    private void difference(JsonNode difference) {
        console.say("    " + difference.path("path").asString(""));
        side("-", Colour.RED, difference.path("before"));
        side("+", Colour.GREEN, difference.path("after"));
    }

    private void side(String sign, Colour colour, JsonNode value) {
        if (!value.isMissingNode()) {
            console.say("      " + console.paint(colour, sign + " " + value(value)));
        }
    }

    private static String value(JsonNode value) {
        String text = value.isMissingNode() ? "" : Documents.line(value);
        return text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + "…";
    }

    private void end(JsonNode end) {
        long events = end.path("events").asLong();
        long failed = end.path("failed").asLong();
        long passedOver = end.path("passedOver").asLong();
        String filtered = passedOver == 0 ? "" : ", %d passed over".formatted(passedOver);
        if (!compared.isEmpty()) {
            long different = end.path("different").asLong();
            console.say(
                    "Compared %d: %d the same, %d different (- %s, + %s)%s"
                            .formatted(
                                    events,
                                    events - different,
                                    different,
                                    compared.getFirst(),
                                    compared.getLast(),
                                    filtered));
        } else {
            console.say(
                    "%s %d, %d failed%s"
                            .formatted(dry ? "Ran dry" : "Replayed", events, failed, filtered));
        }
        if (end.path("dropped").asLong() > 0) {
            console.warn(
                    "the stream dropped %d numbers meanwhile, before they were reached"
                            .formatted(end.path("dropped").asLong()));
        }
        if (!end.path("complete").asBoolean()) {
            console.warn("not all have run: " + end.path("reason").asString(""));
        }
    }
}
