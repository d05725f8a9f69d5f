/** The embedded RocksDB: one folder with records that may end by themselves. */
@NullMarked
package dev.treadle.bindings.rocks;

import org.jspecify.annotations.NullMarked;
