package dev.treadle.samples.semanticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.samples.semanticsearch.SemanticSearch.Found;
import dev.treadle.samples.semanticsearch.SemanticSearch.Hit;
import dev.treadle.samples.semanticsearch.SemanticSearch.Kept;
import dev.treadle.testing.MemoryBlobs;
import dev.treadle.testing.MemoryVectors;
import dev.treadle.testing.StubModel;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SemanticSearchTest {
    private static final int DIMENSIONS = 32;
    private static final Path MODEL = Path.of("semantic-search/model/related-words.onnx");
    private static final String SENTENCES = read(Path.of("semantic-search/model/sentences.txt"));
    private static final Map<String, float[]> ROWS = TrainRelatedWords.rows(SENTENCES);
    private static final ModelSignature SIGNATURE =
            new ModelSignature(
                    List.of(
                            new TensorSpec(
                                    "words",
                                    ElementType.STRING,
                                    List.of(
                                            Dimension.varying("batch"),
                                            Dimension.varying("length")))),
                    List.of(
                            new TensorSpec(
                                    "vector",
                                    ElementType.FLOAT,
                                    List.of(
                                            Dimension.varying("batch"),
                                            Dimension.of(DIMENSIONS)))));

    private static final String DAYS =
            """
            The cutter ran before the gale all night, and the sails were torn.

            In the galley the chef fried fish with lemon and salt.

            The physician came on board because two sailors had a fever.
            """;

    private final MemoryBlobs originals = MemoryBlobs.create();
    private final MemoryVectors passages = MemoryVectors.cosine(DIMENSIONS);

    private final TestFunction collection = function("/passages");
    private final TestFunction one = function("/passages/{document}");

    private TestFunction function(String route) {
        return TestFunction.of(new SemanticSearch())
                .route(route)
                .blobs("originals", originals)
                .vectors("passages", passages)
                .model("embedding", StubModel.of(SIGNATURE, SemanticSearchTest::embed));
    }

    @AfterEach
    void close() {
        collection.close();
        one.close();
    }

    @Test
    void aPassageIsFoundByWordsThatItDoesNotHave() {
        put("days", DAYS);

        assertThat(first("boat in a storm")).startsWith("The cutter ran");
        assertThat(first("a meal cooked in the kitchen")).startsWith("In the galley");
        assertThat(first("doctor for an ill patient")).startsWith("The physician came");
    }

    @Test
    void wordsThatAreThereCountAsWell() {
        put("days", DAYS);
        put("notes", "The quixotry of it all.\n\nThe boat and the storm.");

        assertThat(first("quixotry")).startsWith("The quixotry");
    }

    @Test
    void theModelPutsRelatedWordsTogether() {
        for (String three :
                List.of(
                        "boat ship oven",
                        "storm gale tax",
                        "doctor physician guitar",
                        "ill sick hedge",
                        "medicine pill planet",
                        "bread dough password",
                        "song music oven",
                        "rain cloud guitar",
                        "loan bank tulip",
                        "rocket satellite fever",
                        "computer program carrot",
                        "train passenger chord",
                        "flower garden loan")) {
            String[] words = three.split(" ");
            assertThat(near(words[0], words[1]))
                    .as(three)
                    .isGreaterThan(0.3 + near(words[0], words[2]));
        }
    }

    @Test
    void theOriginalIsKeptAndPutAgainTakesItsPlace() {
        assertThat(put("days", DAYS)).isEqualTo(new Kept("days", 3));
        assertThat(one.get("/passages/days").text()).isEqualTo(DAYS);

        assertThat(put("days", "Only one.")).isEqualTo(new Kept("days", 1));
        assertThat(one.get("/passages/days").text()).isEqualTo("Only one.");
        assertThat(search("boat")).extracting(Hit::text).containsExactly("Only one.");
    }

    @Test
    void aDocumentIsSearchedAloneAndDeleted() {
        put("days", DAYS);
        put("other", "The ship in the storm at sea.");

        assertThat(search("boat")).extracting(Hit::document).contains("other", "days");
        assertThat(search("boat&document=days"))
                .hasSize(3)
                .extracting(Hit::document)
                .containsOnly("days");
        assertThat(search("boat&limit=1")).hasSize(1);
        assertThat(one.request("DELETE", "/passages/other").send().status()).isEqualTo(204);
        assertThat(search("boat")).extracting(Hit::document).containsOnly("days");
        assertThat(one.get("/passages/other").status()).isEqualTo(404);
    }

    @Test
    void aLongParagraphIsCutBetweenSentences() {
        String sentence = "The ship left the harbour at dawn with all her sails set. ";

        assertThat(put("long", sentence.repeat(20)).passages()).isEqualTo(4);
        assertThat(search("ship"))
                .allSatisfy(hit -> assertThat(hit.text()).startsWith("The ship").endsWith("set."));
    }

    @Test
    void whatIsWrongIsTheCallersFault() {
        assertThat(collection.get("/passages").status()).isEqualTo(400);
        assertThat(collection.get("/passages?q=..").text()).contains("q has the words");
        assertThat(collection.get("/passages?q=a&limit=21").text()).contains("limit is 1 to 20");
        assertThat(one.request("PUT", "/passages/a.b").body("x", "text/plain").send().text())
                .contains("a document's name is");
        assertThat(one.request("PUT", "/passages/a").body("--", "text/plain").send().text())
                .contains("text of 1 to 500 passages, not 0");
    }

    /** When this fails since the text or the script was changed: run its {@code main}. */
    @Test
    void theModelIsWhatItsScriptMakes() throws IOException {
        assertThat(TrainRelatedWords.model(SENTENCES)).isEqualTo(Files.readAllBytes(MODEL));
    }

    private Kept put(String document, String text) {
        return one.request("PUT", "/passages/" + document)
                .body(text, "text/plain")
                .send()
                .json(Kept.class);
    }

    private String first(String text) {
        return search(URLEncoder.encode(text, StandardCharsets.UTF_8)).getFirst().text();
    }

    private List<Hit> search(String query) {
        TestResponse response = collection.get("/passages?q=" + query);
        return response.json(Found.class).hits();
    }

    /** What the model does. */
    private static Map<String, Tensor> embed(Map<String, Tensor> inputs) {
        Tensor words = inputs.get("words");
        int rows = (int) words.shape()[0];
        int length = (int) words.shape()[1];
        float[] all = new float[rows * DIMENSIONS];
        for (int row = 0; row < rows; row++) {
            float[] vector = embed(words.strings().subList(row * length, (row + 1) * length));
            System.arraycopy(vector, 0, all, row * DIMENSIONS, DIMENSIONS);
        }
        return Map.of("vector", Tensor.of(all, rows, DIMENSIONS));
    }

    private static float[] embed(List<String> words) {
        float[] sum = new float[DIMENSIONS];
        for (String word : words) {
            float[] row = ROWS.getOrDefault(word, new float[DIMENSIONS]);
            for (int d = 0; d < DIMENSIONS; d++) {
                sum[d] += row[d];
            }
        }
        double length = Math.sqrt(dot(sum, sum));
        for (int d = 0; d < DIMENSIONS; d++) {
            sum[d] = (float) (sum[d] / length);
        }
        return sum;
    }

    private static double near(String a, String b) {
        return dot(embed(Words.andParts(a)), embed(Words.andParts(b)));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
