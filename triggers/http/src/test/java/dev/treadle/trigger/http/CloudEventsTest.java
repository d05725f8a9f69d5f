package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.Response;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CloudEvents 1.0.2, HTTP protocol binding and JSON format, with the specification's examples. */
class CloudEventsTest extends ServingTest {
    private static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void functions() {
        functions.event(
                "on",
                event -> {
                    events.add(event);
                    return Response.status(204);
                });
        routes(Route.of("on", "/on/{what}"));
    }

    @Test
    void binaryModeReadsAttributesFromHeaders() {
        HttpResponse<String> response =
                binary(
                        "{\"a\":1}",
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        "com.example.someevent",
                        "ce-time",
                        "2018-04-05T03:56:24Z",
                        "ce-id",
                        "1234-1234-1234",
                        "ce-source",
                        "/mycontext/subcontext",
                        "ce-subject",
                        "%22quoted%22%20%E2%82%AC",
                        "ce-comexampleextension1",
                        "value",
                        "content-type",
                        "application/json; charset=utf-8");
        assertThat(response.statusCode()).isEqualTo(204);
        Event event = events.getFirst();
        assertThat(event.id()).isEqualTo("1234-1234-1234");
        assertThat(event.type()).isEqualTo("com.example.someevent");
        assertThat(event.source()).isEqualTo(URI.create("/mycontext/subcontext"));
        assertThat(event.time()).contains(Instant.parse("2018-04-05T03:56:24Z"));
        assertThat(event.subject()).contains("\"quoted\" €");
        assertThat(event.dataContentType()).contains("application/json; charset=utf-8");
        assertThat(event.extensions()).containsOnlyKeys("comexampleextension1");
        assertThat(event.text()).isEqualTo("{\"a\":1}");
        assertThat(event.json(java.util.Map.class)).isEqualTo(java.util.Map.of("a", 1));
    }

    @Test
    void aMissingOrWrongAttributeIsNamed() {
        assertBad(
                binary("", "ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s"),
                "type is missing");
        assertBad(
                binary("", "ce-id", "1", "ce-source", "/s", "ce-type", "t"),
                "specversion is missing");
        assertBad(
                binary(
                        "",
                        "ce-specversion",
                        "0.3",
                        "ce-id",
                        "1",
                        "ce-source",
                        "/s",
                        "ce-type",
                        "t"),
                "specversion is '0.3'; this node reads 1.0");
        assertBad(
                binary(
                        "",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "1",
                        "ce-source",
                        "a b",
                        "ce-type",
                        "t"),
                "source is no URI reference: 'a b'");
        assertBad(
                binary(
                        "",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "1",
                        "ce-source",
                        "/s",
                        "ce-type",
                        "t",
                        "ce-time",
                        "noon"),
                "time is no RFC 3339 time: 'noon'");
        assertBad(
                binary(
                        "",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "%zz",
                        "ce-source",
                        "/s",
                        "ce-type",
                        "t"),
                "the header ce-id is badly percent-encoded");
        assertThat(events).isEmpty();
    }

    @Test
    void structuredModeReadsTheSpecificationsExample() {
        structured(
                """
                {
                    "specversion" : "1.0",
                    "type" : "com.example.someevent",
                    "source" : "/mycontext",
                    "subject": null,
                    "id" : "C234-1234-1234",
                    "time" : "2018-04-05T17:31:00Z",
                    "comexampleextension1" : "value",
                    "comexampleothervalue" : 5,
                    "datacontenttype" : "application/vnd.apache.thrift.binary",
                    "data_base64" : "aGVsbG8="
                }
                """);
        Event event = events.getFirst();
        assertThat(event.id()).isEqualTo("C234-1234-1234");
        assertThat(event.subject()).isEmpty();
        assertThat(event.time()).contains(Instant.parse("2018-04-05T17:31:00Z"));
        assertThat(event.extension("comexampleextension1")).contains("value");
        assertThat(event.extension("comexampleothervalue")).contains("5");
        assertThat(event.text()).isEqualTo("hello");
    }

    @Test
    void structuredDataIsJsonUnlessItsTypeSaysElse() {
        String head = "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"1\",";
        structured(head + "\"data\":{\"n\":1.10}}");
        structured(head + "\"datacontenttype\":\"application/json\",\"data\":\"text\"}");
        structured(head + "\"datacontenttype\":\"text/xml\",\"data\":\"<much/>\"}");
        structured(head + "\"subject\":\"none\"}");
        assertThat(events)
                .extracting(Event::text)
                .containsExactly("{\"n\":1.10}", "\"text\"", "<much/>", "");
    }

    @Test
    void aBrokenStructuredEventIsNamed() {
        assertBad(structured("{"), "the CloudEvent is not JSON");
        assertBad(structured("[]"), "the CloudEvent is not a JSON object");
        assertBad(
                structured("{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\"}"),
                "id is missing");
        assertBad(
                structured(
                        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"1\",\"data_base64\":\"***\"}"),
                "data_base64 is not Base64");
        assertBad(
                structured(
                        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"1\",\"data\":1,\"data_base64\":\"aGk=\"}"),
                "both data and data_base64");
        assertBad(
                structured("{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":{}}"),
                "id is neither text, number nor boolean");
        assertBad(
                structured(
                        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"\"}"),
                "id is empty");
        assertBad(
                structured(
                        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"1\",\"myExt\":1}"),
                "myExt has a name");
    }

    @Test
    void batchesAndOtherFormatsAre415() {
        HttpResponse<String> batch = post("[]", "application/cloudevents-batch+json");
        assertThat(batch.statusCode()).isEqualTo(415);
        assertThat(batch.body()).contains("batches of CloudEvents are not taken");
        HttpResponse<String> avro = post("", "application/cloudevents+avro");
        assertThat(avro.statusCode()).isEqualTo(415);
        assertThat(avro.body()).contains("come as application/cloudevents+json");
    }

    @Test
    void aPlainRequestBecomesAnEvent() {
        HttpResponse<String> response = post("a,b", "text/csv");
        Event event = events.getFirst();
        assertThat(event.type()).isEqualTo("dev.treadle.http.request");
        assertThat(event.source()).isEqualTo(URI.create("/on/thing"));
        assertThat(event.id()).isEqualTo(header(response, "treadle-invocation"));
        assertThat(event.time()).contains(NOW);
        assertThat(event.dataContentType()).contains("text/csv");
        assertThat(event.text()).isEqualTo("a,b");
    }

    private void assertBad(HttpResponse<String> response, String detail) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("detail").stringValue()).contains(detail);
    }

    private HttpResponse<String> binary(String body, String... headers) {
        return send(request("/on/thing").headers(headers).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> structured(String body) {
        return post(body, STRUCTURED);
    }

    private HttpResponse<String> post(String body, String type) {
        return send(
                request("/on/thing")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }
}
