package dev.treadle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.treadle.cli.console.Documents;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes CloudEvents in the JSON format from what the command line says. */
final class TestEvent {
    private static final String TYPE = "dev.treadle.test";
    private static final String SOURCE = "/treadle/test-events";

    private TestEvent() {}

    /** An event; what is null is left to the defaults. */
    static byte[] of(String id, @Nullable String type, @Nullable String subject, Payload payload) {
        ObjectNode event =
                Documents.object()
                        .put("specversion", "1.0")
                        .put("id", id)
                        .put("source", SOURCE)
                        .put("type", type == null ? TYPE : type);
        if (subject != null) {
            event.put("subject", subject);
        }
        byte[] body = payload.body();
        if (!payload.contentType().isEmpty()) {
            event.put("datacontenttype", payload.contentType());
        }
        if (payload.contentType().equals("application/json")) {
            event.set("data", Documents.parse(body));
        } else if (Payload.isText(body) && body.length > 0) {
            event.put("data", new String(body, UTF_8));
        } else if (body.length > 0) {
            event.put("data_base64", Base64.getEncoder().encodeToString(body));
        }
        return Documents.text(event).getBytes(UTF_8);
    }
}
