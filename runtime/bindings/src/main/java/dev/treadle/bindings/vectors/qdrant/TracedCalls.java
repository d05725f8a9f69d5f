package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.bindings.CallTrace;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Tells the server which trace a call belongs to. Safe for threads. */
final class TracedCalls implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                CallTrace.headers()
                        .forEach(
                                (name, value) ->
                                        headers.put(
                                                Metadata.Key.of(
                                                        name, Metadata.ASCII_STRING_MARSHALLER),
                                                value));
                super.start(listener, headers);
            }
        };
    }
}
