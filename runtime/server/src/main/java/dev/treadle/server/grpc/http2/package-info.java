/**
 * HTTP/2 as gRPC needs it, between Helidon's listener and Helidon's gRPC. A connection is read by
 * the thread that Helidon gives it and written by one of its own; each call has one thread.
 */
@NullMarked
package dev.treadle.server.grpc.http2;

import org.jspecify.annotations.NullMarked;
