package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Functions that call each other, as the admin API shows them. */
class FunctionCallsTest {
    private static final String SHOP =
            """
            public class Shop implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(context.call("price", "", String.class));
                }
            }
            """;

    private static final String PRICE =
            """
            public class Price implements TypedFunction<String, String> {
                public String handle(String text, Context context) {
                    return "250";
                }
            }
            """;

    private static final String MAY_CALL = "calls: [price, shop]\ntriggers: [http: {path: /shop}]";

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void deployWarnsOfWhatIsNotThereYet() throws IOException {
        JsonNode deployed = node.deploy("shop", SHOP, MAY_CALL);

        assertThat(deployed.path("warnings")).hasSize(1);
        assertThat(deployed.path("warnings").get(0).path("path").asString()).isEqualTo("calls");
        assertThat(deployed.path("warnings").get(0).path("message").asString())
                .isEqualTo(
                        "calls: there is no function 'price' yet; calls of it fail until it is deployed");
        assertThat(calls())
                .isEqualTo("[{function:price,exists:false},{function:shop,exists:true}]");

        node.deploy("price", PRICE, "");

        assertThat(calls()).isEqualTo("[{function:price,exists:true},{function:shop,exists:true}]");
        assertThat(node.get("/shop").body()).isEqualTo("250");
    }

    @Test
    void recordOfACallNamesTheInvocationThatWaited() throws IOException {
        node.deploy("price", PRICE, "");
        node.deploy("shop", SHOP, MAY_CALL);

        String shop = node.get("/shop").headers().firstValue("treadle-invocation").orElseThrow();

        JsonNode price =
                TestNode.json(node.admin("GET", "/v1/invocations?function=price"))
                        .path("invocations")
                        .get(0);
        assertThat(price.path("parent").asString()).isEqualTo(shop);
        assertThat(price.path("trigger").asString()).isEqualTo("call");
        assertThat(price.path("trace").asString()).hasSize(32);
    }

    private String calls() {
        return TestNode.json(node.admin("GET", "/v1/functions/shop"))
                .path("calls")
                .toString()
                .replace("\"", "");
    }
}
