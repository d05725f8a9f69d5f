/** The words that triggers and the engine share. */
@NullMarked
package dev.treadle.trigger;

import org.jspecify.annotations.NullMarked;
