/**
 * The Open Inference Protocol, version 2, over HTTP and gRPC: models for clients that know no
 * functions.
 */
@NullMarked
package dev.treadle.server.oip;

import org.jspecify.annotations.NullMarked;
