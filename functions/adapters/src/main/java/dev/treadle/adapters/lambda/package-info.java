/** AWS Lambda's handler interfaces. */
@NullMarked
package dev.treadle.adapters.lambda;

import org.jspecify.annotations.NullMarked;
