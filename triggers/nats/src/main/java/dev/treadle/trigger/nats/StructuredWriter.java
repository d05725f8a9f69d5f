package dev.treadle.trigger.nats;

import dev.treadle.Event;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes events in CloudEvents' structured mode, in the JSON format. Safe for threads. */
final class StructuredWriter {
    static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private StructuredWriter() {}

    static byte[] write(Event event) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("specversion", "1.0");
        document.put("id", event.id());
        document.put("source", event.source().toString());
        document.put("type", event.type());
        event.subject().ifPresent(it -> document.put("subject", it));
        event.time().ifPresent(it -> document.put("time", it.toString()));
        event.dataSchema().ifPresent(it -> document.put("dataschema", it.toString()));
        event.dataContentType().ifPresent(it -> document.put("datacontenttype", it));
        document.putAll(event.extensions());
        data(event, document);
        return JSON.writeValueAsBytes(document);
    }

    private static void data(Event event, Map<String, Object> document) {
        if (event.dataContentType().filter(JSON_TYPE::equals).isPresent()) {
            try {
                document.put("data", JSON.readTree(event.data()));
                return;
            } catch (JacksonException e) {
                // It only says to be JSON: it goes as the bytes that it is.
                document.remove("data");
            }
        }
        if (event.data().length > 0) {
            document.put("data_base64", Base64.getEncoder().encodeToString(event.data()));
        }
    }
}
