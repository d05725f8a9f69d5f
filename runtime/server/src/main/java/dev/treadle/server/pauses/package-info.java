/** Which triggers are paused, on this node and on all that share a NATS server. */
@NullMarked
package dev.treadle.server.pauses;

import org.jspecify.annotations.NullMarked;
