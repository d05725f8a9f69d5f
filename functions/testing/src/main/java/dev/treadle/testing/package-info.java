/**
 * Runs a function in a unit test, without a server.
 *
 * <p>Begin at {@link dev.treadle.testing.TestFunction}. Errors, JSON and lifecycle are as on a
 * node.
 */
@NullMarked
package dev.treadle.testing;

import org.jspecify.annotations.NullMarked;
