package dev.treadle.samples.gallerylabels;

import dev.treadle.Permanent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * What the model takes of a picture: how dark it is in each of 16 by 16 fields, from 0 to 1, row by
 * row. A field's darkness is the mean of its pixels'.
 */
final class Darkness {
    private static final int SIDE = 16;
    private static final int SIDE_MAX = 10_000;

    private Darkness() {}

    /**
     * @throws Permanent when it is no picture, or none of a size that can be looked at
     */
    static float[] of(byte[] file) {
        BufferedImage picture = read(file);
        int width = picture.getWidth();
        int height = picture.getHeight();
        if (Math.min(width, height) < SIDE || Math.max(width, height) > SIDE_MAX) {
            throw new Permanent(
                    "a picture has %d to %d pixels a side, this one %d by %d"
                            .formatted(SIDE, SIDE_MAX, width, height));
        }
        float[] sums = new float[SIDE * SIDE];
        int[] pixels = new int[SIDE * SIDE];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int field = y * SIDE / height * SIDE + x * SIDE / width;
                sums[field] += darkness(picture.getRGB(x, y));
                pixels[field]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= pixels[i];
        }
        return sums;
    }

    private static BufferedImage read(byte[] file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
            if (picture != null) {
                return picture;
            }
        } catch (IOException e) {
            throw new Permanent("the picture cannot be read: " + e.getMessage(), e);
        }
        throw new Permanent("it is no picture that can be read; a PNG or a JPEG is");
    }

    /** By how bright an eye sees each colour; what is transparent is light. */
    private static float darkness(int argb) {
        float alpha = (argb >>> 24) / 255f;
        float light =
                (0.299f * (argb >> 16 & 0xff)
                                + 0.587f * (argb >> 8 & 0xff)
                                + 0.114f * (argb & 0xff))
                        / 255f;
        return alpha * (1 - light);
    }
}
