package dev.treadle.samples.thumbnail;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads, shrinks and writes JPEG pictures in memory. */
final class Jpeg {
    private static final long PIXELS_MAX = 100_000_000;

    private Jpeg() {}

    /** A picture that fits into a square; one that does already keeps its size. */
    static byte[] shrink(byte[] jpeg, int side) throws IOException {
        BufferedImage picture = read(jpeg, side);
        double scale =
                Math.min(1, (double) side / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        while (picture.getWidth() > 2 * width && picture.getHeight() > 2 * height) {
            picture = draw(picture, picture.getWidth() / 2, picture.getHeight() / 2);
        }
        return write(draw(picture, width, height));
    }

    private static BufferedImage read(byte[] jpeg, int side) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > PIXELS_MAX) {
                throw new HttpError(413, "the picture has more than 100 million pixels");
            }
            return reader.read(0, coarsely(reader, Math.max(width, height) / side / 4));
        } catch (IIOException e) {
            throw new BadRequest("the body is not a JPEG that can be read: " + e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    /** Skips pixels of large pictures while reading: four times too large is smooth enough. */
    private static ImageReadParam coarsely(ImageReader reader, int step) {
        ImageReadParam param = reader.getDefaultReadParam();
        int period = Math.max(1, step);
        param.setSourceSubsampling(period, period, 0, 0);
        return param;
    }

    private static BufferedImage draw(BufferedImage picture, int width, int height) {
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return small;
    }

    private static byte[] write(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, "jpeg", out)) {
            throw new IllegalStateException("this JDK cannot write JPEG");
        }
        return out.toByteArray();
    }
}
