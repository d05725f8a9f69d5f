/** Models that functions bind. */
@NullMarked
package dev.treadle.bindings.model;

import org.jspecify.annotations.NullMarked;
