package dev.treadle.server.admin;

import dev.treadle.server.TestEvents;
import dev.treadle.trigger.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/test-events}: keep an event to try functions with, show it, remove it. */
final class TestEventsPart implements AdminServer.Part {
    private static final String EVENTS = "/v1/test-events";
    private static final String EVENT = EVENTS + "/{name}";
    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final int BYTES_MAX = 1 << 20;
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private final TestEvents events;
    private final JsonMapper mapper = new JsonMapper();

    TestEventsPart(TestEvents events) {
        this.events = events;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                EVENTS,
                (_, response) ->
                        json.send(response, 200, new EventViews.TestEventList(events.list())));
        routing.get(
                EVENT,
                (request, response) -> {
                    String name = name(request);
                    String text = events.get(name).orElseThrow(() -> missing(name));
                    response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
                    response.send(text.getBytes(StandardCharsets.UTF_8));
                });
        routing.put(
                EVENT,
                (request, response) -> {
                    events.set(name(request), checked(Bodies.read(request, BYTES_MAX)));
                    response.status(204).send();
                });
        routing.delete(
                EVENT,
                (request, response) -> {
                    String name = name(request);
                    if (!events.delete(name)) {
                        throw missing(name);
                    }
                    response.status(204).send();
                });
    }

    private String checked(byte[] body) {
        JsonNode event;
        try {
            event = mapper.readTree(body);
        } catch (JacksonException e) {
            throw bad("it is not JSON: " + e.getOriginalMessage());
        }
        List<String> absent = new ArrayList<>(REQUIRED);
        absent.removeIf(member -> event.path(member).isString());
        if (!absent.isEmpty()) {
            throw bad("it has no text as " + String.join(", ", absent));
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static ApiException bad(String reason) {
        return new ApiException(
                ErrorCode.BAD_REQUEST,
                "the body is no CloudEvent in the JSON format: %s".formatted(reason));
    }

    private static ApiException missing(String name) {
        return new ApiException(
                ErrorCode.NO_TEST_EVENT, "there is no test event '%s'".formatted(name));
    }

    private static String name(ServerRequest request) {
        String name = Params.path(request, "name");
        if (!TestEvents.isLegal(name)) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "'%s' cannot be an event's name: a-z, 0-9 and hyphens, 63 at most"
                            .formatted(name));
        }
        return name;
    }
}
