/** Reads, writes and compares {@code function.yaml}. */
@NullMarked
package dev.treadle.registry.manifest;

import org.jspecify.annotations.NullMarked;
