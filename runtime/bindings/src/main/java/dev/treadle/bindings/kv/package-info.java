/** Keys and values: what a call sees, and the providers. */
@NullMarked
package dev.treadle.bindings.kv;

import org.jspecify.annotations.NullMarked;
