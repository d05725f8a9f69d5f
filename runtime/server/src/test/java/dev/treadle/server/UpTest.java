package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    @TempDir Path folder;

    @Test
    void misspeltFlagIsSaidToBeOne() throws Exception {
        assertThat(up("--htpp", "80")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("treadle up: there is no flag '--htpp'; did you mean --http?");
    }

    @Test
    void portOutOfRangeIsNoPort() throws Exception {
        assertThat(up("--admin=70000")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("treadle up: --admin: '70000' is not a port, 0 to 65535");
    }

    @Test
    void flagWithoutItsValueSaysWhatItWants() throws Exception {
        assertThat(up("--data")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("treadle up: --data needs a value: --data DIR");
    }

    @Test
    void switchTakesNoValue() throws Exception {
        assertThat(up("--samples=yes")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("treadle up: --samples takes no value");
    }

    @Test
    void programsGetFailuresAsDocuments() throws Exception {
        assertThat(up("--json", "--htpp", "80")).isEqualTo(2);
        assertThat(up("--json", "--data", Files.createFile(folder.resolve("file")).toString()))
                .isEqualTo(1);

        List<JsonNode> errors =
                err.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> JsonMapper.shared().readTree(line).path("error"))
                        .toList();
        assertThat(errors).hasSize(2);
        assertThat(errors.get(0).path("cause").asString()).contains("did you mean --http?");
        assertThat(errors.get(0).path("exitCode").asInt()).isEqualTo(2);
        assertThat(errors.get(1).path("cause").asString()).endsWith("a folder is wanted there");
        assertThat(errors.get(1).path("try").path(0).asString()).isEqualTo("treadle up --help");
        assertThat(out.size()).isZero();
    }

    @Test
    void programsReadWhereANodeServes() {
        UpReport report = new UpJson(print(out), print(err));

        report.ready(ready(Map.of()));
        report.ready(ready(Map.of("grpc", "a:3")));
        report.nats("is off");

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"ready\",\"millis\":7,\"functions\":\"http://a:1\","
                                + "\"admin\":\"http://a:2\",\"data\":\"/d\",\"warnings\":[\"w\"]}",
                        "{\"event\":\"ready\",\"millis\":7,\"functions\":\"http://a:1\","
                                + "\"admin\":\"http://a:2\",\"grpc\":\"a:3\",\"data\":\"/d\",\"warnings\":[\"w\"]}",
                        "{\"event\":\"nats\",\"detail\":\"is off\"}");
    }

    private static UpReport.Ready ready(Map<String, String> others) {
        return new UpReport.Ready(7, "http://a:1", "http://a:2", others, "/d", List.of("w"));
    }

    @Test
    void peopleReadWhereANodeServesWhatItsConfigurationTurnsOn() {
        new UpText(print(out), print(err)).ready(ready(Map.of("oip", "http://a:3")));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        ready in 7 ms
                          functions  http://a:1
                          admin      http://a:2
                          oip        http://a:3
                          data       /d
                          warning    w
                        """);
    }

    @Test
    void helpNamesEveryFlag() throws Exception {
        assertThat(up("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(UpFlags.FLAGS.stream().map(UpFlags.Flag::name).toList());
    }

    @Test
    void dataFolderInUseStopsTheStart() throws Exception {
        try (TestNode _ = new TestNode(folder)) {
            assertThat(up("--data", folder.toString(), "--http", "0", "--admin", "0")).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(folder.toString());
    }

    @Test
    void aDataFolderThatIsAFileIsSaidToBeOne() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(up("--data", file.toString(), "--http", "0", "--admin", "0")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        treadle up: %s is a file; a folder is wanted there

                        Try:
                          treadle up --help
                          treadle doctor
                        """
                                .formatted(file));
    }

    private int up(String... arguments) throws InterruptedException {
        return new Up(print(out), print(err), Map.of()).run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
