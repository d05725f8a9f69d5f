package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs, a model and vectors together, in the packaged sample. */
class SemanticSearchIT {
    @TempDir Path folder;
    private Distribution distribution;

    @BeforeEach
    void distribution() throws Exception {
        distribution = new Distribution(folder);
    }

    @Test
    void passagesAreFoundByWhatTheyMeanAndOutliveTheNode() throws Exception {
        distribution.write(
                "days.txt",
                """
                The cutter ran before the gale all night, and the sails were torn.

                In the galley the chef fried fish with lemon and salt.

                The physician came on board because two sailors had a fever.
                """);
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            String put = "curl -s -T days.txt " + node.http("/passages/days");
            assertThat(distribution.shell(put).out())
                    .isEqualTo("{\"document\":\"days\",\"passages\":3}");
            assertThat(first(node, "boat+in+a+storm")).contains("The cutter ran");
            assertThat(first(node, "a+meal+from+the+kitchen")).contains("In the galley");
            assertThat(first(node, "a+doctor+for+the+ill")).contains("The physician");
            assertThat(first(node, "lemmon")).contains("In the galley");
            assertThat(Http.get(node.http("/passages/days")).body()).contains("sails were torn");
            assertThat(node.run("describe", "semantic-search").out())
                    .contains("vectors", "blobs", "model");
        }
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            assertThat(first(node, "boat+in+a+storm")).contains("The cutter ran");
            String delete = "curl -s -X DELETE " + node.http("/passages/days");
            assertThat(distribution.shell(delete).status()).isZero();
            assertThat(first(node, "boat+in+a+storm")).isEqualTo("{\"hits\":[]}");
            assertThat(Http.get(node.http("/passages/days")).statusCode()).isEqualTo(404);
        }
    }

    private static String first(TreadleProcess node, String words) throws Exception {
        HttpResponse<String> response =
                Http.get(node.http("/passages").resolve("/passages?limit=1&q=" + words));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
