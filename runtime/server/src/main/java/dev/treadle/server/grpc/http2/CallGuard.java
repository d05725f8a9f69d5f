package dev.treadle.server.grpc.http2;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.InternalServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands between Helidon's gRPC and the services: gives calls their deadlines, and turns what is
 * thrown into statuses.
 *
 * @param services what the node serves, for reflection
 * @param timers for deadlines; never kept busy
 */
record CallGuard(Server services, ScheduledExecutorService timers) implements ServerInterceptor {
    private static final System.Logger LOG = System.getLogger(CallGuard.class.getName());

    /** How long a service has to say itself that the time is over. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> helidon, Metadata headers, ServerCallHandler<Q, A> next) {
        Call call = CallRun.CURRENT.get();
        Optional<Deadline> deadline = Timeouts.deadline(headers);
        Context base = Context.current().withValue(InternalServer.SERVER_CONTEXT_KEY, services);
        Context.CancellableContext context =
                deadline.isPresent()
                        ? base.withDeadline(deadline.get(), timers)
                        : base.withCancellation();
        GuardedCall<Q, A> guarded = new GuardedCall<>(helidon, call, context);
        call.guardedBy(guarded);
        deadline.ifPresent(each -> end(guarded, each));
        guarded.begun(Contexts.interceptCall(context, guarded, headers, next));
        return new Listener<>(guarded);
    }

    private void end(GuardedCall<?, ?> guarded, Deadline deadline) {
        Runnable abort =
                () ->
                        guarded.abort(
                                Status.DEADLINE_EXCEEDED.withDescription("the deadline is over"));
        guarded.endedBy(
                timers.schedule(
                        () -> Thread.startVirtualThread(abort),
                        deadline.timeRemaining(TimeUnit.NANOSECONDS) + GRACE_NANOS,
                        TimeUnit.NANOSECONDS));
    }

    /** What Helidon's gRPC tells. */
    private static final class Listener<Q> extends ServerCall.Listener<Q> {
        private final GuardedCall<Q, ?> guarded;

        Listener(GuardedCall<Q, ?> guarded) {
            this.guarded = guarded;
        }

        @Override
        public void onMessage(Q message) {
            guarded(() -> guarded.service().onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guarded(() -> guarded.service().onHalfClose());
        }

        @Override
        public void onReady() {
            guarded(guarded::ready);
        }

        /** It says so when it cannot read a message; clients' cancellations go another way. */
        @Override
        public void onCancel() {
            guarded.abort(
                    Status.INVALID_ARGUMENT.withDescription("the message cannot be decompressed"));
        }

        @Override
        public void onComplete() {
            guarded.completed();
        }

        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                guarded.abort(status(e));
            }
        }

        private static Status status(Throwable thrown) {
            if (thrown.getCause() instanceof InvalidProtocolBufferException unreadable) {
                return Status.INVALID_ARGUMENT.withDescription(
                        "the message cannot be read: " + unreadable.getMessage());
            }
            if (thrown instanceof StatusRuntimeException known) {
                return known.getStatus();
            }
            LOG.log(System.Logger.Level.ERROR, "a call over gRPC failed", thrown);
            return Status.UNKNOWN.withDescription("Treadle itself failed; see the node's log");
        }
    }
}
