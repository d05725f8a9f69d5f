/** What a node does with NATS: triggers of functions, publishing, dead letters. */
@NullMarked
package dev.treadle.server.events;

import org.jspecify.annotations.NullMarked;
