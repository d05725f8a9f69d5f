/** Finds a node and speaks its admin API. */
@NullMarked
package dev.treadle.cli.admin;

import org.jspecify.annotations.NullMarked;
