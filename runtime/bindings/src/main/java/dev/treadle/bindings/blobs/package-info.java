/** Blobs: what a call sees, and the providers. */
@NullMarked
package dev.treadle.bindings.blobs;

import org.jspecify.annotations.NullMarked;
