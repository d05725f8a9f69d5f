/** Watches sources and swaps the running function on each save. */
@NullMarked
package dev.treadle.cli.dev;

import org.jspecify.annotations.NullMarked;
