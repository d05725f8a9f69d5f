package dev.treadle.cli;

import dev.treadle.cli.admin.Reply;
import dev.treadle.cli.console.Documents;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Says what a function answered. */
final class Answers {
    private Answers() {}

    /** For programs: the body as JSON, text or base64. */
    static ObjectNode document(Reply reply) {
        ObjectNode document = Documents.object();
        document.put("status", reply.status());
        reply.header("treadle-invocation").ifPresent(id -> document.put("invocation", id));
        reply.header("content-type").ifPresent(type -> document.put("contentType", type));
        if (Documents.isJson(reply.body())) {
            document.set("body", reply.json());
        } else if (Payload.isText(reply.body())) {
            document.put("body", reply.text());
        } else {
            document.put("bodyBase64", Base64.getEncoder().encodeToString(reply.body()));
        }
        return document;
    }

    /** For people, beside the body. */
    static String note(Reply reply) {
        return "%d, invocation %s"
                .formatted(reply.status(), reply.header("treadle-invocation").orElse("-"));
    }
}
