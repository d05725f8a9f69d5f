@NullMarked
package dev.treadle.benchmarks;

import org.jspecify.annotations.NullMarked;
