/** Documents that are found by their words. */
@NullMarked
package dev.treadle.bindings.search;

import org.jspecify.annotations.NullMarked;
