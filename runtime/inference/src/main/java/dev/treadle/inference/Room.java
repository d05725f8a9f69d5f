package dev.treadle.inference;

import dev.treadle.ElementType;
import java.nio.ByteBuffer;

/** Where the tensors of one run get their memory from. */
interface Room {
    /**
     * A direct buffer for such a tensor, in the machine's byte order; what is in it is anything.
     */
    ByteBuffer direct(ElementType type, long... shape);
}
