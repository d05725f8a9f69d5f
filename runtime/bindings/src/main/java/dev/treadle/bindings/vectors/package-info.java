/** Vectors that are found by what is near. */
@NullMarked
package dev.treadle.bindings.vectors;

import org.jspecify.annotations.NullMarked;
