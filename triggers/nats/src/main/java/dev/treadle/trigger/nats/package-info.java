/** NATS messages in, acknowledgements and answers out. */
@NullMarked
package dev.treadle.trigger.nats;

import org.jspecify.annotations.NullMarked;
