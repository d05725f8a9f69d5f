package dev.treadle.trigger.grpc;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.TraceContext;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Objects;
import java.util.Optional;

/**
 * What a call of a function has beside its message.
 *
 * @param invocation its id, which stands in the answer's headers and trailers
 * @param trace the caller's place in a distributed trace
 */
record CallHead(String invocation, Optional<TraceContext> trace) {
    static final Metadata.Key<String> INVOCATION = key("treadle-invocation");

    private static final Metadata.Key<String> PARENT = key("traceparent");
    private static final Metadata.Key<String> STATE = key("tracestate");
    private static final Context.Key<CallHead> CURRENT = Context.key("treadle-call");

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** That of the call which runs in the current context. */
    static CallHead current() {
        return Objects.requireNonNull(CURRENT.get());
    }

    private static CallHead of(String invocation, Metadata headers) {
        String parent = headers.get(PARENT);
        return new CallHead(
                invocation,
                parent == null
                        ? Optional.empty()
                        : TraceContext.parse(parent, Optional.ofNullable(headers.get(STATE))));
    }

    /** Gives each call its head. */
    record Interceptor(Dispatcher dispatcher) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            CallHead head = CallHead.of(dispatcher.newInvocationId(), headers);
            return Contexts.interceptCall(
                    Context.current().withValue(CURRENT, head),
                    new IdentifiedCall<>(call, head.invocation()),
                    headers,
                    next);
        }
    }

    private static final class IdentifiedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String invocation;

        IdentifiedCall(ServerCall<Q, A> call, String invocation) {
            super(call);
            this.invocation = invocation;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.put(INVOCATION, invocation);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            trailers.put(INVOCATION, invocation);
            super.close(status, trailers);
        }
    }
}
