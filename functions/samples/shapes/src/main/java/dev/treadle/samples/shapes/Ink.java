package dev.treadle.samples.shapes;

import dev.treadle.BadRequest;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Turns a picture into what the model takes: 16 by 16 places, each 0 for light to 1 for dark. */
final class Ink {
    private static final int SIDE = 16;

    private Ink() {}

    static float[] of(byte[] picture) throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture));
        if (read == null) {
            throw new BadRequest("the body is no picture; send a PNG or a JPEG");
        }
        BufferedImage small = shrink(read);
        float[] ink = new float[SIDE * SIDE];
        for (int i = 0; i < ink.length; i++) {
            int grey = small.getRaster().getSample(i % SIDE, i / SIDE, 0);
            ink[i] = 1 - grey / 255f;
        }
        return ink;
    }

    /** Halves it until it is small: one step alone would pass pixels over. */
    private static BufferedImage shrink(BufferedImage picture) {
        BufferedImage small = picture;
        while (small.getWidth() > 2 * SIDE && small.getHeight() > 2 * SIDE) {
            small = draw(small, small.getWidth() / 2, small.getHeight() / 2);
        }
        return draw(small, SIDE, SIDE);
    }

    private static BufferedImage draw(BufferedImage picture, int width, int height) {
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return grey;
    }
}
