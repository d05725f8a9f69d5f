/** Turns a path (source file, project, folder of sources, jar) into an artifact and a manifest. */
@NullMarked
package dev.treadle.cli.build;

import org.jspecify.annotations.NullMarked;
