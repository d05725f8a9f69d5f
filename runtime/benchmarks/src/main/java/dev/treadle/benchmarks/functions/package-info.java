/** Functions that are measured: each is packed alone into a jar, and knows the API only. */
@NullMarked
package dev.treadle.benchmarks.functions;

import org.jspecify.annotations.NullMarked;
