/** The NATS server a node works with: the managed child process, or a server elsewhere. */
@NullMarked
package dev.treadle.trigger.nats.server;

import org.jspecify.annotations.NullMarked;
