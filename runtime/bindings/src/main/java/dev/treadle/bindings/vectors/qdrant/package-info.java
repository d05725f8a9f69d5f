/** Vectors in a Qdrant. */
@NullMarked
package dev.treadle.bindings.vectors.qdrant;

import org.jspecify.annotations.NullMarked;
