package dev.treadle.samples.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailTest {
    private final TestFunction thumbnail =
            TestFunction.of(new Thumbnail()).config("SIZE", "64").payloadLimit(16 << 20);

    @Test
    void pictureIsShrunkIntoTheSquareAndKeepsItsShape() throws IOException {
        TestResponse response =
                thumbnail.post("/thumbnail?size=128", jpeg(1600, 900), "image/jpeg");

        BufferedImage small = decode(response);
        assertThat(response.contentType()).contains("image/jpeg");
        assertThat(small.getWidth()).isEqualTo(128);
        assertThat(small.getHeight()).isEqualTo(72);
    }

    @Test
    void colorsSurvive() throws IOException {
        BufferedImage small = decode(thumbnail.post("/", jpeg(3000, 2000), "image/jpeg"));

        Color left = new Color(small.getRGB(2, 20));
        Color right = new Color(small.getRGB(small.getWidth() - 3, 20));
        assertThat(left.getRed()).isGreaterThan(200);
        assertThat(left.getBlue()).isLessThan(60);
        assertThat(right.getBlue()).isGreaterThan(200);
        assertThat(right.getRed()).isLessThan(60);
    }

    @Test
    void sizeIsTheConfiguredOneUnlessTheCallerSays() throws IOException {
        assertThat(decode(thumbnail.post("/", jpeg(200, 400), "image/jpeg")).getHeight())
                .isEqualTo(64);
    }

    @Test
    void smallPictureIsNotBlownUp() throws IOException {
        BufferedImage same = decode(thumbnail.post("/?size=500", jpeg(40, 30), "image/jpeg"));

        assertThat(same.getWidth()).isEqualTo(40);
        assertThat(same.getHeight()).isEqualTo(30);
    }

    @Test
    void otherMediaTypeIs415() {
        TestResponse response = thumbnail.post("/", new byte[] {1}, "image/png");

        assertThat(response.status()).isEqualTo(415);
        assertThat(response.text()).contains("send image/jpeg, not image/png");
    }

    @Test
    void bytesThatAreNoJpegAre400() throws IOException {
        byte[] png = encode(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB), "png");

        assertThat(thumbnail.post("/", png, "image/jpeg").status()).isEqualTo(400);
        assertThat(thumbnail.post("/", new byte[0], "image/jpeg").status()).isEqualTo(400);
    }

    @Test
    void jpegThatIsCutOffInItsHeaderIs400() throws IOException {
        byte[] start = Arrays.copyOf(jpeg(100, 100), 30);

        assertThat(thumbnail.post("/", start, "image/jpeg").status()).isEqualTo(400);
    }

    @Test
    void pictureOfTooManyPixelsIsTurnedAwayBeforeItIsRead() throws IOException {
        byte[] bomb = withDeclaredSize(jpeg(16, 16), 60_000, 60_000);

        assertThat(thumbnail.post("/", bomb, "image/jpeg").status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "2049", "-1", "big", ""})
    void sizeOutOfRangeIs400(String size) throws IOException {
        TestResponse response = thumbnail.post("/?size=" + size, jpeg(20, 20), "image/jpeg");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("not a number from 16 to 2048");
    }

    /** From red on the left to blue on the right. */
    private static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.RED, width, 0, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return encode(picture, "jpeg");
    }

    private static byte[] encode(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).isTrue();
        return out.toByteArray();
    }

    private static BufferedImage decode(TestResponse response) throws IOException {
        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        return ImageIO.read(new ByteArrayInputStream(response.bytes()));
    }

    /** Changes the frame header (marker C0): FF C0, length, precision, height, width. */
    private static byte[] withDeclaredSize(byte[] jpeg, int width, int height) {
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                jpeg[i + 5] = (byte) (height >> 8);
                jpeg[i + 6] = (byte) height;
                jpeg[i + 7] = (byte) (width >> 8);
                jpeg[i + 8] = (byte) width;
                return jpeg;
            }
        }
        throw new AssertionError("no frame header");
    }
}
