/** gRPC: calls of functions in, their answers out. */
@NullMarked
package dev.treadle.trigger.grpc;

import org.jspecify.annotations.NullMarked;
