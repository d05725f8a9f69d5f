/** The interfaces of Google's Functions Framework. */
@NullMarked
package dev.treadle.adapters.google;

import org.jspecify.annotations.NullMarked;
