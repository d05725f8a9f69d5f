/** Micro-benchmarks of parts. */
@NullMarked
package dev.treadle.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
