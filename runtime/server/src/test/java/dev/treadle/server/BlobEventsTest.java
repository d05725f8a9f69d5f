package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob that one function puts runs another, on a whole node with a managed server. */
class BlobEventsTest {
    private static final String KEEP =
            """
            public class Keep implements HttpFunction {
                public Response handle(Request request, Context context) {
                    context.blobs("in").put(request.pathParam("key"), request.body());
                    return Response.status(201);
                }
            }
            """;
    private static final String LOOK =
            """
            public class Look implements EventFunction {
                public void handle(Event created, Context context) {
                    String key = created.subject().orElseThrow();
                    byte[] bytes = context.blobs("photos").get(key).orElseThrow().bytes();
                    context.log().info("saw " + key + ": " + new String(bytes) + ", " + created.type());
                }
            }
            """;

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.withNats(data);
    }

    @Test
    void putRunsWhoWaitsForIt() throws Exception {
        node.deploy(
                "look",
                LOOK,
                """
                bindings: {photos: {blobs: photos}}
                triggers:
                  - nats: {stream: PHOTOS, subject: photos.created, create: {subjects: ["photos.>"]}}
                """);
        node.deploy(
                "keep",
                KEEP,
                """
                bindings: {in: {blobs: photos, created: photos.created}}
                triggers: [http: {path: "/keep/{key}"}]
                """);

        Eventually.holds(() -> node.http("POST", "/keep/cat", "meow").statusCode() == 201);

        Eventually.holds(
                () ->
                        node.admin("GET", "/v1/functions/look/logs")
                                .body()
                                .contains("saw cat: meow, dev.treadle.blob.created"));
    }

    @Test
    void dryRunPutsNothingAndTellsNobody() throws Exception {
        node.deploy(
                "copy",
                """
                public class Copy implements EventFunction {
                    public void handle(Event event, Context context) {
                        context.blobs("out").put("copy", event.data());
                        context.log().info("kept " + context.blobs("out").get("copy").isPresent());
                    }
                }
                """,
                """
                bindings: {out: {blobs: copies, created: copies.created}}
                triggers:
                  - nats:
                      stream: COPIES
                      subject: copies.wanted
                      create: {subjects: ["copies.>"]}
                """);
        Eventually.holds(() -> wanted().statusCode() == 200);
        Eventually.holds(() -> logs("copy").contains("kept true"));

        String dry =
                node.admin(
                                "POST",
                                "/v1/functions/copy/replay",
                                "{\"fromSequence\":1,\"dryRun\":true}")
                        .body();

        assertThat(dry)
                .contains("\"outcome\":\"succeeded\"")
                .contains("put copy")
                .contains("copies.created");
        assertThat(TestNode.json(wanted()).path("sequence").asInt())
                .as("after the event and what its put has told")
                .isEqualTo(3);
    }

    private HttpResponse<String> wanted() {
        return node.admin("POST", "/v1/events", "{\"subject\":\"copies.wanted\",\"data\":\"x\"}");
    }

    private String logs(String function) {
        return node.admin("GET", "/v1/functions/" + function + "/logs").body();
    }
}
