/** What functions depend on: looked at again and again, so that events wait while it is down. */
@NullMarked
package dev.treadle.server.dependencies;

import org.jspecify.annotations.NullMarked;
