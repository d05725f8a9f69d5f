/** The node's connection to NATS, as providers use it. */
@NullMarked
package dev.treadle.bindings.nats;

import org.jspecify.annotations.NullMarked;
