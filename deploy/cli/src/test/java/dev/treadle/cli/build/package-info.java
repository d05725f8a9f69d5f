/** Tests of compiling, packing and building. */
@NullMarked
package dev.treadle.cli.build;

import org.jspecify.annotations.NullMarked;
