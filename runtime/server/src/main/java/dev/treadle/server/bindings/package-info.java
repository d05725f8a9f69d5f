/** Brings what functions bind to the engine. */
@NullMarked
package dev.treadle.server.bindings;

import org.jspecify.annotations.NullMarked;
