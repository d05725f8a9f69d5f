@NullMarked
package dev.treadle.benchmarks.load;

import org.jspecify.annotations.NullMarked;
