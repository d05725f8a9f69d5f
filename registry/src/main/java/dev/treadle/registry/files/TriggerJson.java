package dev.treadle.registry.files;

import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.TriggerSpec.Schedule.Missed;
import dev.treadle.registry.TriggerSpec.Schedule.Overlap;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A trigger as the store keeps it: its kind, and every value under it. */
final class TriggerJson {
    private TriggerJson() {}

    static ObjectNode write(TriggerSpec trigger) {
        ObjectNode json = ManifestJson.object();
        ObjectNode fields = json.putObject(trigger.kind());
        switch (trigger) {
            case TriggerSpec.Http http -> http(http, fields);
            case TriggerSpec.Nats nats -> NatsJson.write(nats, fields);
            case TriggerSpec.Rpc rpc -> {
                fields.put("subject", rpc.subject());
                rpc.queue().ifPresent(queue -> fields.put("queue", queue));
            }
            case TriggerSpec.Schedule schedule -> {
                fields.put("cron", schedule.cron());
                fields.put("zone", schedule.zone().getId());
                fields.put("overlap", schedule.overlap().name());
                fields.put("missed", schedule.missed().name());
                DestinationsJson.write(schedule.destinations(), fields);
            }
        }
        return json;
    }

    static TriggerSpec read(JsonNode json) {
        String kind = json.propertyNames().iterator().next();
        JsonNode fields = json.required(kind);
        return switch (kind) {
            case "http" -> http(fields);
            case "nats" -> NatsJson.read(fields);
            case "rpc" ->
                    new TriggerSpec.Rpc(
                            fields.required("subject").stringValue(),
                            Optional.ofNullable(fields.get("queue")).map(JsonNode::stringValue));
            case "schedule" ->
                    new TriggerSpec.Schedule(
                            fields.required("cron").stringValue(),
                            ZoneId.of(fields.required("zone").stringValue()),
                            Overlap.valueOf(fields.required("overlap").stringValue()),
                            Missed.valueOf(fields.required("missed").stringValue()),
                            DestinationsJson.read(fields));
            default ->
                    throw new IllegalArgumentException(
                            "this version of Treadle has no trigger of the kind '%s'"
                                    .formatted(kind));
        };
    }

    private static void http(TriggerSpec.Http http, ObjectNode json) {
        json.put("path", http.path());
        json.set("methods", ManifestJson.texts(http.methods()));
        http.cors().ifPresent(cors -> json.set("cors", cors(cors)));
        http.async().ifPresent(async -> async(async, json.putObject("async")));
    }

    private static TriggerSpec.Http http(JsonNode json) {
        return new TriggerSpec.Http(
                json.required("path").stringValue(),
                ManifestJson.texts(json.required("methods")),
                Optional.ofNullable(json.get("cors")).map(TriggerJson::cors),
                Optional.ofNullable(json.get("async")).map(TriggerJson::async));
    }

    private static void async(TriggerSpec.Async async, ObjectNode json) {
        NatsJson.retry(async.retry(), json.putObject("retry"));
        json.put("results", async.results().toString());
        DestinationsJson.write(async.destinations(), json);
    }

    private static TriggerSpec.Async async(JsonNode json) {
        return new TriggerSpec.Async(
                NatsJson.retry(json.required("retry")),
                ManifestJson.duration(json.required("results")),
                DestinationsJson.read(json));
    }

    private static ObjectNode cors(TriggerSpec.Cors cors) {
        ObjectNode json = ManifestJson.object();
        json.set("origins", ManifestJson.texts(cors.origins()));
        json.set("methods", ManifestJson.texts(cors.methods()));
        json.set("headers", ManifestJson.texts(cors.headers()));
        json.set("expose", ManifestJson.texts(cors.expose()));
        json.put("credentials", cors.credentials());
        json.put("maxAge", cors.maxAge().toString());
        return json;
    }

    private static TriggerSpec.Cors cors(JsonNode json) {
        return new TriggerSpec.Cors(
                ManifestJson.texts(json.required("origins")),
                ManifestJson.texts(json.required("methods")),
                ManifestJson.texts(json.required("headers")),
                ManifestJson.texts(json.required("expose")),
                json.required("credentials").booleanValue(),
                ManifestJson.duration(json.required("maxAge")));
    }
}
