package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {
    @TempDir Path data;

    @Test
    void whoDeploysIsToldWhatTheDiskSays() throws IOException {
        try (TestNode node = new TestNode(data)) {
            putAFileInPlaceOf(data.resolve("registry/artifacts"));

            HttpResponse<String> answer =
                    node.admin("PUT", "/v1/artifacts/" + "0".repeat(64), "bytes");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(TestNode.json(answer).get("detail").asString())
                    .startsWith("cannot take in sha256:000")
                    .contains("Not a directory")
                    .endsWith("; see the node's log");
        }
    }

    private static void putAFileInPlaceOf(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inner = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inner) {
                Files.delete(path);
            }
        }
        Files.createFile(folder);
    }
}
