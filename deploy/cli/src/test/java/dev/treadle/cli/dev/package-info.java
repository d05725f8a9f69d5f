/** Tests of watching and swapping. */
@NullMarked
package dev.treadle.cli.dev;

import org.jspecify.annotations.NullMarked;
