package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event of a blob, a model and a table together, in the packaged samples. */
class GalleryIT {
    @TempDir Path folder;
    private Distribution distribution;

    @BeforeEach
    void distribution() throws Exception {
        distribution = new Distribution(folder);
    }

    @Test
    void pictureThatIsPutIsLabelledByAModelAndWhatIsNoneIsADeadLetter() throws Exception {
        draw(folder.resolve("drawing.png"));
        distribution.write("notes.txt", "no picture");
        try (NatsProcess nats =
                        NatsProcess.start(
                                NatsRelease.CURRENT,
                                Files.createDirectory(folder.resolve("nats")));
                TreadleProcess node =
                        TreadleProcess.up(distribution, "--samples", "--nats", nats.url())) {
            put(node, "drawing.png", "first.png");
            put(node, "notes.txt", "notes");

            eventually(
                    () ->
                            Http.get(node.http("/gallery/drawings/first.png"))
                                    .body()
                                    .contains("\"shape\":\"square\""));
            assertThat(Http.get(node.http("/gallery/drawings")).body())
                    .startsWith("{\"pictures\":[{\"picture\":\"first.png\",\"shape\":\"square\"");
            eventually(
                    () ->
                            node.run("dlq", "list", "gallery-labels")
                                    .out()
                                    .contains("a PNG or a JPEG"));
            assertThat(Http.get(node.http("/gallery/drawings/notes")).statusCode()).isEqualTo(202);
            assertThat(node.run("describe", "gallery").out()).contains("table", "blobs");
        }
    }

    /** Until the stream is there, which the trigger of the other function makes, no put is told. */
    private void put(TreadleProcess node, String file, String picture) {
        String put =
                "curl -s -f -T %s -H 'Content-Type: image/png' %s"
                        .formatted(file, node.http("/gallery/drawings/" + picture));
        eventually(
                () ->
                        distribution
                                .shell(put)
                                .out()
                                .equals("{\"picture\":\"%s\"}".formatted(picture)));
    }

    private interface Look {
        boolean isSo() throws Exception;
    }

    private static void eventually(Look look) {
        Eventually.holds(
                () -> {
                    try {
                        return look.isSo();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static void draw(Path file) throws Exception {
        BufferedImage picture = new BufferedImage(160, 160, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 160, 160);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(30, 30, 100, 100);
        graphics.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }
}
