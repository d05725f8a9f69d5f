/** Listeners for gRPC. */
@NullMarked
package dev.treadle.server.grpc;

import org.jspecify.annotations.NullMarked;
