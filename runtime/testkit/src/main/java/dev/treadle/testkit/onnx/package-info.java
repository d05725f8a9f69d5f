/** Writes small ONNX models without a library for it. */
@NullMarked
package dev.treadle.testkit.onnx;

import org.jspecify.annotations.NullMarked;
