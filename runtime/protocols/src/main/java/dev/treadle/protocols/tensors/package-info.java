/** Tensors in the forms that the Open Inference Protocol sends them in. */
@NullMarked
package dev.treadle.protocols.tensors;

import org.jspecify.annotations.NullMarked;
