package dev.treadle.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.treadle.Log;
import dev.treadle.testing.LogLine;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import dev.treadle.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaHandlersTest {
    @TempDir private Path folder;
    private IsolatedRelease release;

    @BeforeEach
    void load() throws Exception {
        release =
                new IsolatedRelease(
                        folder,
                        "acme/lambda",
                        RequestHandler.class,
                        SQSEvent.class,
                        DateTime.class);
    }

    @AfterEach
    void unload() throws Exception {
        release.close();
    }

    private TestFunction function(String name) throws Exception {
        return TestFunction.of(release.handler("acme.lambda." + name));
    }

    @Test
    void textComesAndGoesAsJsonStrings() throws Exception {
        assertThat(function("Upper").post("/", "\"a\\nb\"", "application/json").text())
                .isEqualTo("\"A\\nB\"");
    }

    @Test
    void textThatIsNoJsonIsTakenAsItIs() throws Exception {
        assertThat(function("Upper").post("/", "hello", "text/plain").text())
                .isEqualTo("\"HELLO\"");
    }

    @Test
    void typesAreFoundThroughAGenericParent() throws Exception {
        try (TestFunction typed = function("Typed").name("sum")) {
            assertThat(typed.post("/", "[1,2,3]", "application/json").text())
                    .isEqualTo("{\"sum\":6,\"function\":\"sum\"}");
        }
        assertThat(System.getProperty("acme.lambda.Typed")).isEqualTo("closed");
    }

    @Test
    void beanIsFilledAndNoBodyIsAnEmptyObject() throws Exception {
        assertThat(function("Bean").post("/", "{\"amount\":7,\"x\":1}", "application/json").text())
                .isEqualTo("\"amount 7\"");
        assertThat(function("Bean").get("/").text()).isEqualTo("\"amount 1\"");
    }

    @Test
    void streamHandlerCopiesTheBody() throws Exception {
        TestResponse response = function("Echo").post("/", "{\"a\":1}", "application/json");

        assertThat(response.text()).isEqualTo("{\"a\":1}");
        assertThat(response.contentType()).contains("application/json");
    }

    @Test
    void contextIsThatOfTheInvocation() throws Exception {
        TestFunction report =
                function("Report")
                        .name("report")
                        .release(7)
                        .timeout(Duration.ofSeconds(3))
                        .clock(VirtualClock.at("2026-11-01T12:00:00Z"));

        TestResponse response = report.get("/");

        assertThat(response.json(String[].class))
                .containsExactly(
                        response.invocation(),
                        "report",
                        "v7",
                        "arn:treadle:function:report:live",
                        "report",
                        "report/v7",
                        "3000",
                        "true",
                        "",
                        "{}",
                        "");
        assertThat(report.log().lines())
                .extracting(LogLine::level, LogLine::message)
                .containsExactly(
                        tuple(Log.Level.INFO, "plain {}"),
                        tuple(Log.Level.INFO, "bytes"),
                        tuple(Log.Level.ERROR, "bad"));
    }

    @Test
    void restApiEventIsMadeFromTheRequest() throws Exception {
        TestResponse response =
                function("RestApi")
                        .route("/orders/{id}")
                        .request("PUT", "/orders/7?q=1&q=a%20b")
                        .body("{}", "application/json")
                        .send();

        assertThat(response.text())
                .isEqualTo(
                        "PUT|/orders/7|{id=7}|{q=a b}|{q=[1, a b]}|application/json|{}|false|"
                                + response.invocation()
                                + "|127.0.0.1");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().get("content-type")).containsExactly("text/plain");
        assertThat(response.header("x-one")).contains("1");
        assertThat(response.headers().get("x-two")).containsExactly("a", "b");
    }

    @Test
    void httpApiEventIsMadeFromTheRequest() throws Exception {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0};

        TestResponse response =
                function("HttpApi")
                        .request("POST", "/p?q=1&q=2")
                        .header("Cookie", "s=1; t=2")
                        .body(picture, "image/png")
                        .send();

        assertThat(response.header("x-seen"))
                .contains("POST|/p|q=1&q=2|{q=1,2}|[s=1, t=2]|image/png|true");
        assertThat(response.bytes()).isEqualTo(picture);
        assertThat(response.headers().get("set-cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void textBodyIsNotBase64() throws Exception {
        TestResponse response =
                function("HttpApi").post("/", "a=1", "application/x-www-form-urlencoded");

        assertThat(response.text()).isEqualTo("a=1");
        assertThat(response.header("x-seen").orElseThrow()).endsWith("|false");
    }

    @Test
    void answerWithoutAStatusIsTheBody() throws Exception {
        TestResponse response = function("Bare").get("/here");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"path\":\"/here\"}");
    }

    @Test
    void sqsMessagesAreReadFromTheirJson() throws Exception {
        TestFunction queue = function("Queue");
        String event =
                """
                {"Records": [
                  {"messageId": "m1", "body": "17", "eventSourceARN": "arn:aws:sqs:q", "attributes": {"a": "1"}},
                  {"messageId": "m2", "body": "x", "messageAttributes": {"k": {"stringValue": "v", "dataType": "String"}}}
                ]}
                """;

        TestResponse response = queue.post("/", event, "application/json");

        assertThat(response.text())
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
        assertThat(queue.log().messages()).containsExactly("arn:aws:sqs:q");
    }

    @Test
    void snsMessagesAreReadWithTheirTime() throws Exception {
        String event =
                """
                {"Records": [{"EventSource": "aws:sns", "Sns":
                  {"Subject": "hi", "Message": "m", "Timestamp": "1970-01-01T00:00:00.000Z"}}]}
                """;

        assertThat(function("Topic").post("/", event, "application/json").text())
                .isEqualTo("\"hi 1970\"");
    }

    @Test
    void dynamoDbChangesAreReadWithTheirValues() throws Exception {
        String event =
                """
                {"Records": [{"eventName": "INSERT", "dynamodb": {
                  "ApproximateCreationDateTime": 1.5,
                  "NewImage": {"id": {"N": "7"}, "tags": {"SS": ["a", "b"]}}}}]}
                """;

        assertThat(function("Changes").post("/", event, "application/json").text())
                .isEqualTo("\"INSERT 7 [a, b] 1970-01-01T00:00:01.500Z\"");
    }

    @Test
    void kinesisRecordsAreReadWithTheirBytes() throws Exception {
        String event =
                """
                {"Records": [{"kinesis": {"partitionKey": "p1", "data": "aGVsbG8=",
                  "encryptionType": "NONE"}}]}
                """;

        assertThat(function("Stream").post("/", event, "application/json").text())
                .isEqualTo("\"p1 hello\"");
    }

    @Test
    void eventOfTheWrongFormIs400() throws Exception {
        assertThat(function("Queue").post("/", "{\"Records\":{}}", "application/json").status())
                .isEqualTo(400);
    }

    @Test
    void eventClassThatCannotBeFilledSaysWhatToTakeInstead() throws Exception {
        assertThat(function("Bucket").post("/", "{\"Records\":[]}", "application/json").failure())
                .hasValueSatisfying(
                        e ->
                                assertThat(e)
                                        .hasMessageContaining("S3Event has no setters")
                                        .hasMessageContaining("take a Map"));
    }
}
