/** A registry and an artifact store in one folder of a file system. */
@NullMarked
package dev.treadle.registry.files;

import org.jspecify.annotations.NullMarked;
