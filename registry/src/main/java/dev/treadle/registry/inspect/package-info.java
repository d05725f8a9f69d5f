/** Looks into artifacts without loading their code. */
@NullMarked
package dev.treadle.registry.inspect;

import org.jspecify.annotations.NullMarked;
