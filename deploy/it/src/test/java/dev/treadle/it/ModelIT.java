package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with the packaged command and node. */
class ModelIT {
    @TempDir Path folder;
    private Distribution distribution;

    @BeforeEach
    void distribution() throws Exception {
        distribution = new Distribution(folder);
    }

    @Test
    void theSampleTellsShapesApart() throws Exception {
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            URI shapes = node.http("/shapes");
            assertThat(classify(shapes, g -> g.fillOval(30, 40, 110, 110))).contains("circle");
            assertThat(classify(shapes, g -> g.fillRect(40, 30, 100, 100))).contains("square");
            int[] x = {90, 25, 155};
            int[] y = {25, 145, 145};
            assertThat(classify(shapes, g -> g.fillPolygon(x, y, 3))).contains("triangle");
            assertThat(node.run("model", "list").out()).contains("shapes").contains("v1");
        }
    }

    @Test
    void aModelIsPushedDescribedMovedAndDeleted() throws Exception {
        Path file = folder.resolve("scale.onnx");
        try (TreadleProcess node = TreadleProcess.up(distribution)) {
            Files.write(file, scale(2));
            assertThat(node.run("model", "push", "scale", file.toString()).out())
                    .contains("Input    x: float[batch, 3]")
                    .contains("Output   y: float[batch, 3]")
                    .endsWith("Release  scale@v1\n");
            Files.write(file, scale(3));
            assertThat(node.run("model", "push", "scale", file.toString(), "--json").out())
                    .contains("\"release\"");
            assertThat(node.run("model", "alias", "set", "scale", "live", "v1=90,v2=10").out())
                    .contains("scale@live points at v1=90,v2=10");
            assertThat(node.run("model", "describe", "scale").out())
                    .contains("Live     v1=90,v2=10")
                    .contains("Metadata producer: treadle");
            assertThat(node.run("model", "rollback", "scale", "v1").out())
                    .contains("scale@live points at v1");
            assertThat(node.run("model", "releases", "scale").out()).contains("v2", "v1");
            assertThat(node.run("model", "delete", "scale").status()).isEqualTo(2);
            assertThat(node.run("model", "delete", "scale", "--yes").status()).isZero();
            assertThat(node.run("model", "describe", "scale").status()).isEqualTo(4);
            Files.writeString(file, "no model");
            assertThat(node.run("model", "push", "scale", file.toString()).status()).isEqualTo(1);
        }
    }

    private static byte[] scale(float factor) {
        return new OnnxFile("scale")
                .input("x", OnnxType.FLOAT, "batch", 3)
                .output("y", OnnxType.FLOAT, "batch", 3)
                .weights("factor", new float[] {factor}, 1)
                .node("Mul", List.of("x", "factor"), "y")
                .toBytes();
    }

    /** The name of the shape in what the sample answers. */
    private static String classify(URI shapes, Consumer<Graphics2D> shape) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(shapes)
                                    .header("Content-Type", "image/png")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(png(shape)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body().replaceFirst(",.*", "");
        }
    }

    private static byte[] png(Consumer<Graphics2D> shape) throws IOException {
        BufferedImage picture = new BufferedImage(180, 180, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 180, 180);
        graphics.setColor(Color.BLACK);
        shape.accept(graphics);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }
}
