/** Measures the distribution against a bare Helidon in the same run. */
@NullMarked
package dev.treadle.benchmarks;

import org.jspecify.annotations.NullMarked;
