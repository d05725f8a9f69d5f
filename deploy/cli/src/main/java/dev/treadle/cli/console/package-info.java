/** What people and scripts see: tables, documents, failures, progress. */
@NullMarked
package dev.treadle.cli.console;

import org.jspecify.annotations.NullMarked;
