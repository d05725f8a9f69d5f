/** HTTP requests in, answers out. */
@NullMarked
package dev.treadle.trigger.http;

import org.jspecify.annotations.NullMarked;
