/** Makes load: HTTP/1.1 over plain sockets with prebuilt requests. */
@NullMarked
package dev.treadle.benchmarks.load;

import org.jspecify.annotations.NullMarked;
