/** What functions bind: the providers behind the API's interfaces, and what guards each call. */
@NullMarked
package dev.treadle.bindings;

import org.jspecify.annotations.NullMarked;
