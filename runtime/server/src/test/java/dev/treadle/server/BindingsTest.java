package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions bind, on a whole node. */
class BindingsTest {
    private static final String COUNT =
            """
            public class Count implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text("" + context.kv("hits").add(request.pathParam("key"), 1));
                }
            }
            """;

    @TempDir Path data;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void functionsThatNameTheSameStoreShareIt() throws IOException {
        node.deploy("one", COUNT, manifest("/one", "hits"));
        node.deploy("two", COUNT, manifest("/two", "hits"));
        node.deploy("other", COUNT, manifest("/other", "others"));

        assertThat(node.get("/one/a").body()).isEqualTo("1");
        assertThat(node.get("/two/a").body()).isEqualTo("2");
        assertThat(node.get("/other/a").body()).isEqualTo("1");
    }

    @Test
    void whatWasPutOutlivesTheFunctionAndTheNode() throws IOException {
        node.deploy("one", COUNT, manifest("/one", "hits"));
        node.get("/one/a");
        node.admin("DELETE", "/v1/functions/one");
        node.close();
        node = new TestNode(data);
        node.deploy("one", COUNT, manifest("/one", "hits"));

        assertThat(node.get("/one/a").body()).isEqualTo("2");
    }

    @Test
    void aBindingThatTheManifestDoesNotHaveIsTheFunctionsFault() throws IOException {
        node.deploy("one", COUNT, "triggers: [http: {path: '/one/{key}'}]");

        assertThat(node.get("/one/a").statusCode()).isEqualTo(500);
        assertThat(node.admin("GET", "/v1/functions/one/logs").body())
                .contains("one has no kv binding 'hits': list it in function.yaml");
    }

    private static String manifest(String path, String store) {
        return "triggers: [http: {path: '%s/{key}'}]\nbindings: {hits: {kv: %s}}\n"
                .formatted(path, store);
    }
}
