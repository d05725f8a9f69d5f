package dev.treadle.testing;

import java.util.ArrayList;
import java.util.List;

/** Reads an event stream (WHATWG HTML Living Standard, section 9.2.6). */
final class SseReader {
    private SseReader() {}

    static List<ServerSentEvent> read(String stream) {
        List<ServerSentEvent> events = new ArrayList<>();
        for (String block : stream.split("\n\n", -1)) {
            List<String> data = new ArrayList<>();
            String event = "";
            String id = "";
            for (String line : block.split("\n", -1)) {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                value = value.startsWith(" ") ? value.substring(1) : value;
                switch (field) {
                    case "event" -> event = value;
                    case "id" -> id = value;
                    case "data" -> data.add(value);
                    default -> {} // a comment or a field of later times
                }
            }
            if (!data.isEmpty()) {
                events.add(new ServerSentEvent(event, id, String.join("\n", data)));
            }
        }
        return events;
    }
}
