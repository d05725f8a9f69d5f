/** Connections to Redis and what speaks its protocol: one server, a cluster, or by sentinels. */
@NullMarked
package dev.treadle.bindings.redis;

import org.jspecify.annotations.NullMarked;
