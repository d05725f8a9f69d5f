package dev.treadle.trigger.grpc;

import com.google.protobuf.ByteString;
import dev.treadle.Response;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.grpc.v1.FunctionsGrpc;
import dev.treadle.trigger.grpc.v1.InvokePart;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import dev.treadle.trigger.grpc.v1.InvokeResponse;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Calls functions by their names, each on the thread that its call came on. It is a service for
 * whoever has a listener. Safe for threads.
 */
public final class FunctionsService {
    private static final String TRIGGER = "grpc";
    private static final String LIVE = "live";

    private final Dispatcher dispatcher;
    private final long answerBytesMax;
    private final InstantSource clock;

    /**
     * @param answerBytesMax how much of a streamed answer is collected for {@code Invoke}
     */
    public FunctionsService(Dispatcher dispatcher, long answerBytesMax, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.answerBytesMax = answerBytesMax;
        this.clock = clock;
    }

    /** The service itself. */
    public BindableService service() {
        return () ->
                ServerInterceptors.intercept(new Methods(), new CallHead.Interceptor(dispatcher));
    }

    private final class Methods extends FunctionsGrpc.FunctionsImplBase {
        @Override
        public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> to) {
            try {
                to.onNext(whole(dispatch(request)));
                to.onCompleted();
            } catch (StatusException e) {
                to.onError(e);
            }
        }

        @Override
        public void invokeStream(InvokeRequest request, StreamObserver<InvokePart> to) {
            try {
                send(dispatch(request), (ServerCallStreamObserver<InvokePart>) to);
                to.onCompleted();
            } catch (StatusException e) {
                to.onError(e);
            }
        }
    }

    private Outcome dispatch(InvokeRequest request) throws StatusException {
        Optional<String> fault = GrpcInput.fault(request);
        if (fault.isPresent()) {
            throw GrpcFailures.of(ErrorCode.BAD_REQUEST, fault.get());
        }
        CallHead head = CallHead.current();
        String reference = request.getReference().isEmpty() ? LIVE : request.getReference();
        InvocationRequest invocation =
                InvocationRequest.once(
                        head.invocation(),
                        new Target(request.getFunction(), reference),
                        TRIGGER,
                        head.trace(),
                        new GrpcInput(request, head.invocation(), clock.instant()));
        Outcome outcome = dispatcher.dispatch(patient(invocation));
        clearInterrupt();
        return outcome;
    }

    /** As long as the caller waits, if that is known. */
    private static InvocationRequest patient(InvocationRequest request) {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? request
                : request.patience(
                        Duration.ofNanos(
                                Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS))));
    }

    /** A late interrupt must not reach the transport. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private InvokeResponse whole(Outcome outcome) throws StatusException {
        return switch (outcome) {
            case Outcome.Succeeded(Response answer) ->
                    GrpcAnswers.of(answer, GrpcAnswers.data(answer));
            case Outcome.Streaming(Response head, Outcome.Stream body) -> collected(head, body);
            case Outcome.Failed failed -> throw failure(failed);
            case Outcome.Expired expired -> throw failure(expired);
            case Outcome.Refused refused -> throw failure(refused);
        };
    }

    private InvokeResponse collected(Response head, Outcome.Stream body) throws StatusException {
        CollectedStream out = new CollectedStream(answerBytesMax);
        Outcome end = body.writeTo(out);
        clearInterrupt();
        if (out.isFull()) {
            throw GrpcFailures.of(
                    ErrorCode.RESULT_UNWRITABLE,
                    "the function streams more than %d bytes (grpc.payload-max); use InvokeStream"
                            .formatted(answerBytesMax));
        }
        return end instanceof Outcome.Succeeded ? GrpcAnswers.of(head, out.bytes()) : whole(end);
    }

    private static void send(Outcome outcome, ServerCallStreamObserver<InvokePart> to)
            throws StatusException {
        switch (outcome) {
            case Outcome.Succeeded(Response answer) ->
                    to.onNext(part(answer, GrpcAnswers.data(answer)));
            case Outcome.Streaming(Response head, Outcome.Stream body) -> stream(head, body, to);
            case Outcome.Failed failed -> throw failure(failed);
            case Outcome.Expired expired -> throw failure(expired);
            case Outcome.Refused refused -> throw failure(refused);
        }
    }

    private static InvokePart part(Response head, ByteString data) {
        return InvokePart.newBuilder()
                .setHead(GrpcAnswers.of(head, ByteString.EMPTY))
                .setData(data)
                .build();
    }

    private static void stream(
            Response head, Outcome.Stream body, ServerCallStreamObserver<InvokePart> to)
            throws StatusException {
        PartStream out = new PartStream(to, head);
        Outcome end = body.writeTo(out);
        clearInterrupt();
        if (!(end instanceof Outcome.Succeeded)) {
            send(end, to);
            return;
        }
        try {
            out.finish();
        } catch (IOException e) {
            throw Status.CANCELLED.withDescription(e.getMessage()).asException();
        }
    }

    private static StatusException failure(Outcome.Failed failed) {
        return GrpcFailures.of(failed.code(), failed.status(), failed.message(), failed.pause());
    }

    private static StatusException failure(Outcome.Expired expired) {
        return GrpcFailures.of(
                ErrorCode.FUNCTION_TIMEOUT,
                "not done within %d ms".formatted(expired.timeout().toMillis()));
    }

    private static StatusException failure(Outcome.Refused refused) {
        return GrpcFailures.of(
                refused.code(), refused.code().status(), refused.message(), refused.pause());
    }
}
