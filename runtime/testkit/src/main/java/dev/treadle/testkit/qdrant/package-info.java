/** Stands in for a Qdrant. */
@NullMarked
package dev.treadle.testkit.qdrant;

import org.jspecify.annotations.NullMarked;
