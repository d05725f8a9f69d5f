/** Tests of the command as a whole, against a small node that speaks the admin API. */
@NullMarked
package dev.treadle.cli;

import org.jspecify.annotations.NullMarked;
