/** What the platform's own tests share. */
@NullMarked
package dev.treadle.testkit;

import org.jspecify.annotations.NullMarked;
