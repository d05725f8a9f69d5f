package dev.treadle.testing;

import dev.treadle.Json;
import dev.treadle.Response;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one answer out into memory, as a node would write it to the network. */
final class Collector {
    private final Json json;
    private final String invocation;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Collector(Json json, String invocation) {
        this.json = json;
        this.invocation = invocation;
    }

    TestResponse collect(Response response) {
        try {
            write(response.body());
            return answer(response, Optional.empty());
        } catch (Exception e) {
            return out.size() == 0 ? fail(e) : answer(response, Optional.of(e));
        }
    }

    /** The whole body, or what went wrong while it was written. */
    byte[] bytes(Response response) throws Exception {
        write(response.body());
        return out.toByteArray();
    }

    TestResponse fail(Exception thrown) {
        Response problem = new Problem(json, invocation).of(thrown);
        if (problem.body() instanceof Response.Body.Bytes body) {
            out.writeBytes(body.bytes());
        }
        return answer(problem, Optional.of(thrown));
    }

    private void write(Response.Body body) throws Exception {
        switch (body) {
            case Response.Body.Bytes bytes -> out.writeBytes(bytes.bytes());
            case Response.Body.Json value -> out.writeBytes(json.write(value.value()));
            case Response.Body.Stream stream -> stream.writer().writeTo(out);
            case Response.Body.Sse events -> events.writer().send(new SseWriter(out));
        }
    }

    private TestResponse answer(Response response, Optional<Throwable> failure) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Response.Header header : response.headers()) {
            headers.computeIfAbsent(Names.lower(header.name()), n -> new ArrayList<>())
                    .add(header.value());
        }
        return new TestResponse(
                invocation, response.status(), headers, out.toByteArray(), failure, json);
    }
}
