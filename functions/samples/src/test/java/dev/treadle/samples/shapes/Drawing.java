package dev.treadle.samples.shapes;

import java.util.Random;

/** Draws one of the shapes into 16 by 16 places, somewhere, in some size, and not quite clean. */
final class Drawing {
    static final int SIDE = 16;

    private static final int FINE = 4;

    private Drawing() {}

    /**
     * @param shape 0 a circle, 1 a square, 2 a triangle
     */
    static float[] of(int shape, Random random) {
        double size = 4 + 3 * random.nextDouble();
        double x = 8 + (7 - size) * (2 * random.nextDouble() - 1);
        double y = 8 + (7 - size) * (2 * random.nextDouble() - 1);
        double turn = 0.25 * (2 * random.nextDouble() - 1);
        double dark = 0.6 + 0.4 * random.nextDouble();
        float[] ink = new float[SIDE * SIDE];
        for (int i = 0; i < ink.length; i++) {
            double covered = 0;
            for (int j = 0; j < FINE * FINE; j++) {
                double dx = i % SIDE + (j % FINE + 0.5) / FINE - x;
                double dy = i / SIDE + (j / FINE + 0.5) / FINE - y;
                covered += isInside(shape, dx, dy, size, turn) ? 1 : 0;
            }
            double noise = 0.1 * (2 * random.nextDouble() - 1);
            ink[i] = (float) Math.clamp(dark * covered / (FINE * FINE) + noise, 0, 1);
        }
        return ink;
    }

    /** StrictMath, so that the same seed draws the same everywhere. */
    private static boolean isInside(int shape, double dx, double dy, double size, double turn) {
        double sin = StrictMath.sin(turn);
        double cos = StrictMath.cos(turn);
        double x = cos * dx + sin * dy;
        double y = cos * dy - sin * dx;
        return switch (shape) {
            case 0 -> x * x + y * y < size * size;
            case 1 -> Math.max(Math.abs(x), Math.abs(y)) < 0.85 * size;
            default -> y < size * 0.8 && Math.abs(x) < (y + size) * 0.58;
        };
    }
}
