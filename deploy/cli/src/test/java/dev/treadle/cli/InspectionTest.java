package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The verbs that look at a deployed function, call it, and move its aliases. */
final class InspectionTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    InspectionTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
        for (String word : new String[] {"one", "two"}) {
            shell.write(
                    "Hello.java",
                    """
                    import dev.treadle.*;
                    public final class Hello implements HttpFunction {
                        @Override public Response handle(Request request, Context context) {
                            return Response.ok("%s");
                        }
                    }
                    """
                            .formatted(word));
            shell.run("deploy", "Hello.java");
        }
    }

    @Test
    void listAlignsItsColumns() {
        assertThat(
                        shell.run("list")
                                .out()
                                .lines()
                                .map(line -> line.replaceAll("  20[0-9: -]{17}  ", "  TIME  ")))
                .containsExactly(
                        "NAME   LIVE  UPDATED              URL",
                        "hello  v2    TIME  http://127.0.0.1:8080/hello");
    }

    @Test
    void describeAndDoctorNameTheNatsServerAndItsDurability() {
        String nats =
                "managed nats-server 2.14.5 at nats://127.0.0.1:4222, durability fsync"
                        + " (sync_interval always)";

        assertThat(shell.run("describe", "hello").out())
                .containsPattern("NATS +" + Pattern.quote(nats));
        assertThat(shell.run("doctor").out()).contains("ok    nats      " + nats);
    }

    @Test
    void doctorSaysWhatIsWrongWithNatsAndWhatToDo() {
        ObjectNode old =
                Documents.object()
                        .put("mode", "external")
                        .put("state", "connected")
                        .put("url", "nats://n:4222")
                        .put("version", "2.9.10")
                        .put("durability", "as that server is configured");
        old.putArray("warnings").add("nats-server 2.9.10 is older than 2.10; missing: metadata");
        node.nats(old);
        assertThat(shell.run("doctor").out())
                .contains("warn  nats      external nats-server 2.9.10 at nats://n:4222")
                .contains("missing: metadata")
                .contains("Try: install a newer nats-server");

        node.nats(Documents.object().put("state", "unavailable").put("detail", "there is no Go"));
        assertThat(shell.run("doctor").out())
                .contains("warn  nats      unavailable: there is no Go")
                .contains("Try: install nats-server, or: treadle up --nats URL");
    }

    @Test
    void describeBeginsWithWhetherItCanBeCalled() {
        String text = shell.run("describe", "hello").out();

        assertThat(text)
                .startsWith(
                        "hello can be called now: loaded\n\nURL              http://127.0.0.1:8080/hello  (every method)\n")
                .contains("Limits           timeout 10s, concurrency 200, queue 500, payload 1Mi\n")
                .contains("Secrets missing  API_KEY\n")
                .contains("Try: treadle secret set API_KEY\n")
                .contains("NATS request     fn.hello\n")
                .contains("May call         price, tax (not deployed)\n")
                .contains(
                        "Calls            3; 1 failed, 0 timed out, 0 refused; 0 running, 0 waiting; p50 840 µs, p99 12.3 ms\n")
                .contains("RELEASE  ALIASES");
    }

    @Test
    void theFunctionsAnswerIsPrintedAsItIs() {
        node.answers(200, "text/plain", "no end of line");

        TestShell.Run run = shell.run("invoke", "hello");

        assertThat(run.out()).isEqualTo("no end of line");
        assertThat(run.err()).isEqualTo("200, invocation 01INVOCATION\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void anErrorStatusOfTheFunctionItselfEndsWithOne() {
        node.answers(422, "text/plain", "no such article");

        TestShell.Run run = shell.run("invoke", "hello@v1");

        assertThat(run.out()).isEqualTo("no such article");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(node.lastCall().line())
                .isEqualTo("POST /v1/functions/hello/invoke?reference=v1");
    }

    @Test
    void theTypeOfTheInputIsGuessed() throws IOException {
        shell.write("order.json", "{\"count\": 2}");

        shell.run("invoke", "hello", "--data", "@order.json");
        assertThat(node.lastCall().headers()).containsEntry("Content-Type", "application/json");
        assertThat(node.lastCall().body()).isEqualTo("{\"count\": 2}");

        shell.run("invoke", "hello", "--data", "two looms");
        assertThat(node.lastCall().headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8");

        shell.withInput("a,b")
                .run(
                        "invoke",
                        "hello",
                        "-d",
                        "@-",
                        "-H",
                        "Content-Type: text/csv",
                        "-H",
                        "X-Trace: 7");
        assertThat(node.lastCall().headers())
                .containsEntry("Content-Type", "text/csv")
                .containsEntry("X-Trace", "7");
        assertThat(node.lastCall().body()).isEqualTo("a,b");
    }

    @Test
    void withoutInputNothingIsSentAndNoTypeClaimed() {
        shell.run("invoke", "hello");

        assertThat(node.lastCall().body()).isEmpty();
        assertThat(node.lastCall().headers()).doesNotContainKey("Content-Type");
    }

    @Test
    void anEventIsSentInStructuredMode() throws IOException {
        shell.write("event.json", "{\"specversion\":\"1.0\"}");

        shell.run("invoke", "hello", "--event", "event.json");

        assertThat(node.lastCall().headers())
                .containsEntry("Content-Type", "application/cloudevents+json");
    }

    @Test
    void anAsynchronousCallsIdAndUrlArePrinted() {
        node.answers(202, "application/json", "{\"id\":\"01INVOCATION\",\"status\":\"queued\"}");

        TestShell.Run run = shell.run("invoke", "hello", "--async", "--data", "x");
        String json = shell.run("invoke", "hello", "--async", "--json").out();

        assertThat(run.out()).isEqualTo("01INVOCATION\nhttp://h/_treadle/async/01I\n");
        assertThat(run.exit()).isZero();
        assertThat(node.lastCall().headers()).containsEntry("Prefer", "respond-async");
        assertThat(Documents.parse(json).path("status").asString()).isEqualTo("queued");
    }

    @Test
    void aNodeThatKnowsNoAsynchronousCallsIsAFailure() {
        node.answers(200, "text/plain", "at once");

        TestShell.Run run = shell.run("invoke", "hello", "--async");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("the node answered 200 at once");
    }

    @Test
    void invokeInJsonHoldsTheBodyAsJson() {
        node.answers(200, "application/json", "{\"total\":3}");

        String out = shell.run("invoke", "hello", "--json").out();

        assertThat(Documents.parse(out).path("body").path("total").asInt()).isEqualTo(3);
        assertThat(Documents.parse(out).path("invocation").asString()).isEqualTo("01INVOCATION");
    }

    @Test
    void answerToASavedEventIsShownAsThatToACall() {
        node.answers(200, "application/json", "{\"total\":3}");

        TestShell.Run run = shell.run("event", "send", "e-1", "--to", "hello");
        String json = shell.run("event", "send", "e-1", "--to", "hello", "--json").out();

        assertThat(run.out()).isEqualTo("{\"total\":3}\n");
        assertThat(run.err()).isEqualTo("200, invocation 01INVOCATION\n");
        assertThat(node.lastCall().body()).isEqualTo("{\"id\":\"e-1\"}");
        assertThat(Documents.parse(json).path("body").path("total").asInt()).isEqualTo(3);
    }

    @Test
    void headerWithoutANameIsRefused() {
        assertThat(shell.run("invoke", "hello", "-H", ": x").err())
                .startsWith("Error: the header ': x' has no name");
        assertThat(shell.run("event", "publish", "a.b", "-H", "x").exit()).isEqualTo(2);
        assertThat(shell.run("invoke", "hello", "-H", "Authorization: x").exit()).isEqualTo(2);
    }

    @Test
    void logsAskForWhatWasWanted() {
        shell.run(
                "logs",
                "hello",
                "--since",
                "10m",
                "--level",
                "warn",
                "--release",
                "v2",
                "--contains",
                "a b",
                "--invocation",
                "01K",
                "--limit",
                "5");

        assertThat(node.lastCall().line())
                .isEqualTo(
                        "GET /v1/functions/hello/logs?contains=a%20b&invocation=01K&level=WARN&limit=5"
                                + "&release=2&since=2026-11-01T11%3A50%3A00Z");
    }

    @Test
    void logLinesAreReadable() {
        node.logs(
                "{\"time\":\"2026-11-01T12:00:00.123Z\",\"function\":\"hello\",\"release\":2,\"invocation\":\"01K\","
                        + "\"level\":\"INFO\",\"message\":\"greeting Ada\"}");

        assertThat(shell.run("logs", "hello").out()).endsWith(".123 INFO  v2 01K: greeting Ada\n");
        assertThat(shell.run("logs", "hello", "--json").out())
                .startsWith("{\"time\":\"2026-11-01T12:00:00.123Z\"");
    }

    @Test
    void invocationsAskForWhatWasWanted() {
        String text = shell.run("invocations", "hello", "--status", "failed").out();

        assertThat(node.lastCall().line())
                .isEqualTo("GET /v1/invocations?function=hello&status=failed");
        assertThat(text)
                .contains(
                        "hello@v2  http     failed  500   10 µs  2.5 ms  01INVOCATION  TR-2001 java.lang");
    }

    @Test
    void anAliasIsSplit() {
        TestShell.Run run = shell.run("alias", "set", "hello", "live", "v1=90,v2=10");

        assertThat(run.out()).isEqualTo("hello@live points at v1=90,v2=10\n");
        assertThat(shell.run("alias", "list", "hello").out())
                .isEqualTo("ALIAS  RELEASES\nlive   v1=90,v2=10\n");
    }

    @Test
    void anAliasIsRemoved() {
        shell.run("alias", "set", "hello", "canary", "v1");

        assertThat(shell.run("alias", "remove", "hello", "canary").exit()).isZero();
        assertThat(shell.run("alias", "list", "hello").out()).doesNotContain("canary");
    }

    @Test
    void rollbackSaysWhatItDoesNotRollBack() {
        TestShell.Run run = shell.run("rollback", "hello");

        assertThat(run.out()).isEqualTo("hello@live points at v1\n");
        assertThat(run.err()).isEqualTo("Code only: data and secrets were not rolled back.\n");
        assertThat(shell.run("rollback", "hello", "v2").out())
                .isEqualTo("hello@live points at v2\n");
    }

    @Test
    void deleteWithYesDeletes() {
        assertThat(shell.run("delete", "hello", "--yes").exit()).isZero();
        assertThat(shell.run("list").out())
                .isEqualTo("Nothing is deployed yet. Try: treadle deploy PATH\n");
    }

    @Test
    void secretsGoInAndDoNotComeOut() throws IOException {
        shell.write("key.txt", "from a file\n");

        shell.run("secret", "set", "A", "--value", "plain");
        shell.run("secret", "set", "B", "--value", "@key.txt");
        shell.withInput("from a pipe\n").run("secret", "set", "C");

        assertThat(node.secret("A")).isEqualTo("plain");
        assertThat(node.secret("B")).isEqualTo("from a file");
        assertThat(node.secret("C")).isEqualTo("from a pipe");
        assertThat(shell.run("secret", "set", "D", "--value", "@nowhere.txt").err())
                .startsWith("Error: nowhere.txt is not there");
        assertThat(shell.run("secret", "list").out())
                .contains("A", "B", "C")
                .doesNotContain("plain");
        assertThat(shell.run("secret", "delete", "D").exit()).isEqualTo(4);
        assertThat(shell.run("secret", "delete", "C").out()).isEqualTo("Deleted C\n");
    }
}
