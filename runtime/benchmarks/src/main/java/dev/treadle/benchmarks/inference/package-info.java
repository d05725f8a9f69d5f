/** A network to run, and ONNX Runtime alone to run it. */
@NullMarked
package dev.treadle.benchmarks.inference;

import org.jspecify.annotations.NullMarked;
