package dev.treadle.server.admin;

import dev.treadle.Event;
import dev.treadle.trigger.Changes;
import dev.treadle.trigger.nats.Output;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows what came out of the runs of a replay. */
final class OutputViews {
    private static final JsonMapper JSON = new JsonMapper();

    private OutputViews() {}

    /**
     * @param dry whether to show what was only captured
     */
    static ReplayViews.Output view(Output output, boolean dry) {
        Optional<ReplayViews.Body> answer =
                output.answer().body().length == 0
                        ? Optional.empty()
                        : Optional.of(body(output.answer().contentType(), output.answer().body()));
        Optional<List<ReplayViews.Published>> publishes =
                dry
                        ? Optional.of(
                                output.publishes().stream().map(OutputViews::published).toList())
                        : Optional.empty();
        Optional<List<ReplayViews.Change>> changes =
                output.changes().isEmpty()
                        ? Optional.empty()
                        : Optional.of(output.changes().stream().map(OutputViews::change).toList());
        return switch (output.end()) {
            case Output.End.Succeeded(int status) ->
                    new ReplayViews.Output(
                            output.invocation(),
                            output.release(),
                            output.attempts(),
                            "succeeded",
                            OptionalInt.of(status),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            answer,
                            publishes,
                            changes);
            case Output.End.Failed failed ->
                    new ReplayViews.Output(
                            output.invocation(),
                            output.release(),
                            output.attempts(),
                            failed.outcome(),
                            OptionalInt.empty(),
                            Optional.of(failed.code()),
                            Optional.of(failed.message()),
                            failed.cause().map(c -> new EventViews.Cause(c.type(), c.message())),
                            answer,
                            publishes,
                            changes);
        };
    }

    /** Without what is different each time, whatever the release. */
    static ObjectNode comparable(Output output) {
        ObjectNode node = JSON.valueToTree(view(output, true));
        node.remove(List.of("invocation", "release", "attempts"));
        for (JsonNode published : node.path("publishes")) {
            ((ObjectNode) published).remove("messageId");
            ((ObjectNode) published.path("event"))
                    .remove(List.of("time", "traceparent", "tracestate"));
        }
        return node;
    }

    private static ReplayViews.Change change(Changes.Change change) {
        return new ReplayViews.Change(change.function(), change.binding(), change.change());
    }

    private static ReplayViews.Published published(Output.Published published) {
        return new ReplayViews.Published(
                published.subject(), published.messageId(), event(published.event()));
    }

    /** In the JSON format of CloudEvents. */
    private static ObjectNode event(Event event) {
        ObjectNode node = JSON.createObjectNode();
        node.put("specversion", "1.0");
        node.put("id", event.id());
        node.put("source", event.source().toString());
        node.put("type", event.type());
        event.subject().ifPresent(value -> node.put("subject", value));
        event.time().ifPresent(value -> node.put("time", value.toString()));
        event.dataContentType().ifPresent(value -> node.put("datacontenttype", value));
        event.dataSchema().ifPresent(value -> node.put("dataschema", value.toString()));
        new TreeMap<>(event.extensions()).forEach(node::put);
        if (event.data().length > 0) {
            ReplayViews.Body body = body("", event.data());
            body.body().ifPresent(data -> node.set("data", data));
            body.bodyBase64().ifPresent(data -> node.put("data_base64", data));
        }
        return node;
    }

    private static ReplayViews.Body body(String contentType, byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (!json.isMissingNode()) {
                return new ReplayViews.Body(contentType, Optional.of(json), Optional.empty());
            }
        } catch (JacksonException e) {
            // It is no JSON.
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new ReplayViews.Body(
                    contentType,
                    Optional.of(JSON.getNodeFactory().stringNode(text)),
                    Optional.empty());
        } catch (CharacterCodingException e) {
            return new ReplayViews.Body(
                    contentType,
                    Optional.empty(),
                    Optional.of(Base64.getEncoder().encodeToString(bytes)));
        }
    }
}
