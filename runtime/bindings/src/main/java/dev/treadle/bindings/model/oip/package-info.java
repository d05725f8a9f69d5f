/** Models that a server of the Open Inference Protocol runs. */
@NullMarked
package dev.treadle.bindings.model.oip;

import org.jspecify.annotations.NullMarked;
