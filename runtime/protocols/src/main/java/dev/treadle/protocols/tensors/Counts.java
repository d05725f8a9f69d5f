package dev.treadle.protocols.tensors;

import dev.treadle.ElementType;
import java.util.Arrays;

/** Holds what was sent to the shape that came with it, before room for it is made. */
public final class Counts {
    private Counts() {}

    /**
     * @param found how many elements were sent
     * @throws BadTensor when the shape has more or fewer
     */
    public static void requireElements(String tensor, long[] shape, int found) {
        long expected = elements(tensor, shape);
        if (expected != found) {
            throw new BadTensor(tensor, "has %d elements, its shape %d".formatted(found, expected));
        }
    }

    /** The same for elements in binary form. */
    static void requireBytes(String tensor, ElementType type, long[] shape, int found) {
        if (found % type.bytes() != 0 || elements(tensor, shape) != found / type.bytes()) {
            throw new BadTensor(
                    tensor,
                    "has %d bytes of binary data, which its shape does not have".formatted(found));
        }
    }

    private static long elements(String tensor, long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || Math.multiplyHigh(count, size) != 0 || count * size < 0) {
                throw new BadTensor(tensor, "cannot have the shape " + Arrays.toString(shape));
            }
            count *= size;
        }
        return count;
    }
}
