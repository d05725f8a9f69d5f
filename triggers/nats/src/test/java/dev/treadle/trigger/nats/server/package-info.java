/** The NATS server and the connection, against real servers. */
@NullMarked
package dev.treadle.trigger.nats.server;

import org.jspecify.annotations.NullMarked;
