/**
 * Lets handlers that were written for other platforms run unchanged.
 *
 * <p>These classes are defined by the loader of each function that needs them, so that they link
 * against the interfaces in the function's own jar. Begin at {@link dev.treadle.adapters.Adapters}.
 */
@NullMarked
package dev.treadle.adapters;

import org.jspecify.annotations.NullMarked;
