/** The {@code treadle} command: its verbs, and where a verb is chosen and its failure shown. */
@NullMarked
package dev.treadle.cli;

import org.jspecify.annotations.NullMarked;
