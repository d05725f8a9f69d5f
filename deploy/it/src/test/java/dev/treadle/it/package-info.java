/** Tests of the whole: its shape, its tidiness, and the distribution as a user runs it. */
@NullMarked
package dev.treadle.it;

import org.jspecify.annotations.NullMarked;
