/** Tables in Cassandra, or in ScyllaDB, which speaks the same protocol. */
@NullMarked
package dev.treadle.bindings.table.cassandra;

import org.jspecify.annotations.NullMarked;
