package dev.treadle.registry.files;

import java.io.IOException;

/** A piece of work on the disk. */
@FunctionalInterface
interface Operation<T> {
    T run() throws IOException;
}
