/** Runs ONNX models: sessions within a memory budget, and calls in batches. */
@NullMarked
package dev.treadle.inference;

import org.jspecify.annotations.NullMarked;
