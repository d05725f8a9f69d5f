package dev.treadle.trigger.grpc;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.BytesRequest;
import dev.treadle.trigger.NamedInput;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call as an invocation's payload: an HTTP function gets it as the request that it says, an event
 * function as an event made of it.
 *
 * @param invocation the event's id
 */
record GrpcInput(InvokeRequest call, String invocation, Instant time) implements NamedInput {
    static final String EVENT_TYPE = "dev.treadle.grpc.request";

    private static final Pattern METHOD = Pattern.compile("[A-Z]*");
    private static final Pattern PATH = Pattern.compile("(/[!-~&&[^#]]*)?");
    private static final URI SOURCE = URI.create("/grpc");
    private static final String CONTENT_TYPE = "content-type";

    /** What is wrong with the request that a call is to be; empty when nothing is. */
    static Optional<String> fault(InvokeRequest call) {
        if (!METHOD.matcher(call.getMethod()).matches()) {
            return Optional.of("method is '%s', expected such as GET".formatted(call.getMethod()));
        }
        return PATH.matcher(call.getPath()).matches()
                ? Optional.empty()
                : Optional.of(
                        "path is '%s', expected such as /orders/7?full=1, encoded"
                                .formatted(call.getPath()));
    }

    @Override
    public String method() {
        return call.getMethod().isEmpty() ? "POST" : call.getMethod();
    }

    @Override
    public String path() {
        String path = call.getPath();
        int query = path.indexOf('?');
        return path.isEmpty() ? "/" : query < 0 ? path : path.substring(0, query);
    }

    private String query() {
        int query = call.getPath().indexOf('?');
        return query < 0 ? "" : call.getPath().substring(query + 1);
    }

    @Override
    public Request asRequest(Json json, long payloadBytesMax, Map<String, String> pathParams) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        call.getHeadersMap()
                .forEach(
                        (name, value) ->
                                headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        if (!call.getContentType().isEmpty()) {
            headers.put(CONTENT_TYPE, List.of(call.getContentType()));
        }
        return new BytesRequest(
                RequestHead.of(method(), path(), query(), headers).pathParams(pathParams),
                call.getData().toByteArray(),
                json,
                payloadBytesMax);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        Event.Builder event =
                Event.builder(EVENT_TYPE, json)
                        .id(invocation)
                        .source(SOURCE)
                        .time(time)
                        .data(asBytes(payloadBytesMax));
        if (!call.getContentType().isEmpty()) {
            event.dataContentType(call.getContentType());
        }
        return event.build();
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        byte[] data = call.getData().toByteArray();
        BytesRequest.requireFits(data, payloadBytesMax);
        return data;
    }
}
