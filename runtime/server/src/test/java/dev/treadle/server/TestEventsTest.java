package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEventsTest {
    private static final String EVENTS = "/v1/test-events";
    private static final String EVENT = EVENTS + "/{name}";
    private static final String BODY =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"t\",\"data\":7}";

    private final OpenApi openApi = new OpenApi();
    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void eventIsKeptAcrossARestartUntilItIsDeleted() throws IOException {
        openApi.check("PUT", EVENT, node.admin("PUT", EVENTS + "/seven", BODY));
        node.close();
        node = new TestNode(data);

        HttpResponse<String> listed = node.admin("GET", EVENTS);
        openApi.check("GET", EVENTS, listed);
        assertThat(TestNode.json(listed).path("events").get(0).path("name").asString())
                .isEqualTo("seven");
        HttpResponse<String> shown = node.admin("GET", EVENTS + "/seven");
        assertThat(shown.body()).isEqualTo(BODY);
        assertThat(shown.headers().firstValue("content-type"))
                .contains("application/cloudevents+json");

        openApi.check("DELETE", EVENT, node.admin("DELETE", EVENTS + "/seven"));
        assertThat(TestNode.json(node.admin("GET", EVENTS)).path("events")).isEmpty();
        assertThat(node.admin("DELETE", EVENTS + "/seven").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNoCloudEventIsNotKept() {
        assertThat(detail(node.admin("PUT", EVENTS + "/x", "{\"id\":\"1\",\"type\":\"t\"}")))
                .isEqualTo(
                        "the body is no CloudEvent in the JSON format: it has no text as specversion, source");
        assertThat(detail(node.admin("PUT", EVENTS + "/x", "{")))
                .startsWith("the body is no CloudEvent in the JSON format: it is not JSON");
        assertThat(detail(node.admin("PUT", EVENTS + "/X_1", BODY)))
                .isEqualTo("'X_1' cannot be an event's name: a-z, 0-9 and hyphens, 63 at most");
        assertThat(TestNode.json(node.admin("GET", EVENTS)).path("events")).isEmpty();
    }

    private static String detail(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        return TestNode.json(response).path("detail").asString();
    }
}
