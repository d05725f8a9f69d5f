/** The processes that are measured. */
@NullMarked
package dev.treadle.benchmarks.process;

import org.jspecify.annotations.NullMarked;
