package dev.treadle;

/**
 * A point that was found in {@link Vectors}.
 *
 * @param score the more, the nearer. By {@code cosine} the cosine of the angle, from -1 to 1; by
 *     {@code dot} the product; by {@code euclidean} 1 / (1 + distance). With a text, {@code 1 / (60
 *     + place)} by the one order and by the other, summed
 */
public record VectorMatch(double score, VectorPoint point) {
    /** The point's id. */
    public String id() {
        return point.id();
    }
}
