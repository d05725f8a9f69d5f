/** A node: reads the configuration, makes the parts, wires them, starts and stops them. */
@NullMarked
package dev.treadle.server;

import org.jspecify.annotations.NullMarked;
