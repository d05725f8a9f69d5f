package dev.treadle.engine;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpCall;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.BytesRequest;
import dev.treadle.trigger.NamedInput;
import dev.treadle.trigger.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one function hands to another, in whatever form the other takes. */
final class CallInput implements NamedInput {
    private static final String EVENT_TYPE = "dev.treadle.call";
    private static final String CONTENT_TYPE = "content-type";

    private final RequestHead head;
    private final byte[] body;
    private final @Nullable Event event;
    private final String origin;
    private final String caller;
    private final Instant time;

    private CallInput(
            RequestHead head,
            byte[] body,
            @Nullable Event event,
            String origin,
            String caller,
            Instant time) {
        this.head = head;
        this.body = body;
        this.event = event;
        this.origin = origin;
        this.caller = caller;
        this.time = time;
    }

    /**
     * Takes a payload out of the caller's hands: of its types only the JSON gets to the other side.
     *
     * @param json the caller's
     * @param origin the id of an event that is made of it
     * @param caller the calling function
     */
    static CallInput of(Object payload, Json json, String origin, String caller, Instant time) {
        return switch (payload) {
            case Event event ->
                    new CallInput(
                            RequestHead.post(Map.of()), event.data(), event, origin, caller, time);
            case HttpCall call ->
                    new CallInput(
                            RequestHead.of(call.method(), call.path(), call.query(), headers(call)),
                            bytes(call.body(), json),
                            null,
                            origin,
                            caller,
                            time);
            default ->
                    new CallInput(
                            RequestHead.post(Map.of(CONTENT_TYPE, List.of(mediaType(payload)))),
                            bytes(payload, json),
                            null,
                            origin,
                            caller,
                            time);
        };
    }

    private static Map<String, List<String>> headers(HttpCall call) {
        boolean isEmpty = call.body() instanceof byte[] bytes && bytes.length == 0;
        if (isEmpty || call.header(CONTENT_TYPE).isPresent()) {
            return call.headers();
        }
        Map<String, List<String>> more = new LinkedHashMap<>(call.headers());
        more.put(CONTENT_TYPE, List.of(mediaType(call.body())));
        return more;
    }

    private static String mediaType(Object payload) {
        return switch (payload) {
            case byte[] _ -> "application/octet-stream";
            case String _ -> "text/plain; charset=utf-8";
            default -> "application/json";
        };
    }

    private static byte[] bytes(Object payload, Json json) {
        return switch (payload) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> json.write(payload);
        };
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public Request asRequest(Json json, long payloadBytesMax, Map<String, String> pathParams) {
        if (event != null) {
            throw new BadRequest(
                    "an HTTP function takes no event; call it with bytes, a value or an HttpCall");
        }
        return new BytesRequest(head.pathParams(pathParams), body, json, payloadBytesMax);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        BytesRequest.requireFits(body, payloadBytesMax);
        return event == null ? around(json) : copy(event, json);
    }

    private Event around(Json json) {
        Event.Builder made =
                Event.builder(EVENT_TYPE, json)
                        .id(origin)
                        .source("/" + caller)
                        .time(time)
                        .data(body);
        head.headers().getOrDefault(CONTENT_TYPE, List.of()).stream()
                .findFirst()
                .ifPresent(made::dataContentType);
        return made.build();
    }

    /** The same, read with the called function's JSON: the caller's would remember its classes. */
    private static Event copy(Event event, Json json) {
        Event.Builder made =
                Event.builder(event.type(), json)
                        .id(event.id())
                        .source(event.source())
                        .data(event.data());
        event.subject().ifPresent(made::subject);
        event.time().ifPresent(made::time);
        event.dataContentType().ifPresent(made::dataContentType);
        event.dataSchema().ifPresent(made::dataSchema);
        event.extensions().forEach(made::extension);
        return made.build();
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        BytesRequest.requireFits(body, payloadBytesMax);
        return body;
    }
}
