package dev.treadle.registry.files;

import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import dev.treadle.registry.FunctionName;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Destinations as the store keeps them, among a trigger's fields. */
final class DestinationsJson {
    private static final String ON_SUCCESS = "onSuccess";
    private static final String ON_FAILURE = "onFailure";

    private DestinationsJson() {}

    static void write(Destinations destinations, ObjectNode json) {
        destinations.onSuccess().ifPresent(to -> write(to, json.putObject(ON_SUCCESS)));
        destinations.onFailure().ifPresent(to -> write(to, json.putObject(ON_FAILURE)));
    }

    private static void write(Destination to, ObjectNode json) {
        switch (to) {
            case Destination.ToSubject(String subject) -> json.put("subject", subject);
            case Destination.ToFunction(FunctionName name) -> json.put("function", name.value());
            case Destination.ToWebhook(URI url) -> json.put("webhook", url.toString());
        }
    }

    static Destinations read(JsonNode json) {
        return new Destinations(
                Optional.ofNullable(json.get(ON_SUCCESS)).map(DestinationsJson::destination),
                Optional.ofNullable(json.get(ON_FAILURE)).map(DestinationsJson::destination));
    }

    private static Destination destination(JsonNode json) {
        if (json.has("subject")) {
            return new Destination.ToSubject(json.required("subject").stringValue());
        }
        return json.has("function")
                ? new Destination.ToFunction(
                        new FunctionName(json.required("function").stringValue()))
                : new Destination.ToWebhook(URI.create(json.required("webhook").stringValue()));
    }
}
