/** Tables: what a call sees, and the providers. */
@NullMarked
package dev.treadle.bindings.table;

import org.jspecify.annotations.NullMarked;
