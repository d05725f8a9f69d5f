package dev.treadle.server.oip;

import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelStreamInferResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Many inferences on one stream. They run at the same time, each on a thread of its own, and one
 * more thread writes the answers in the requests' order, as fast as the caller reads them. A
 * request is taken in when there is room; until then the caller's wait.
 */
final class InferStream implements StreamObserver<ModelInferRequest> {
    private static final int TURNS_MAX = 256;

    private final ServerCallStreamObserver<ModelStreamInferResponse> to;
    private final Function<ModelInferRequest, ModelInferResponse> model;
    private final ExecutorService threads;
    private final long bytesMax;

    /** In the requests' order; an empty one says that no more follow. */
    private final BlockingQueue<Optional<Turn>> turns = new LinkedBlockingQueue<>();

    /** How large the requests without an answer are together; guarded by this. */
    private long bytes;

    /** Whether the next request may come; guarded by this. */
    private boolean asked;

    private record Turn(Future<ModelStreamInferResponse> answer, int bytes) {}

    private InferStream(
            ServerCallStreamObserver<ModelStreamInferResponse> to,
            Function<ModelInferRequest, ModelInferResponse> model,
            ExecutorService threads,
            long bytesMax) {
        this.to = to;
        this.model = model;
        this.threads = threads;
        this.bytesMax = bytesMax;
    }

    /**
     * Begins a stream.
     *
     * @param bytesMax how large the requests without an answer may be together, but for the last
     */
    static InferStream open(
            StreamObserver<ModelStreamInferResponse> to,
            Function<ModelInferRequest, ModelInferResponse> model,
            ExecutorService threads,
            long bytesMax) {
        InferStream stream =
                new InferStream(
                        (ServerCallStreamObserver<ModelStreamInferResponse>) to,
                        model,
                        threads,
                        bytesMax);
        stream.begin();
        return stream;
    }

    private void begin() {
        to.disableAutoRequest();
        to.setOnReadyHandler(this::wake);
        Future<?> writer = threads.submit(this::write);
        to.setOnCancelHandler(
                () -> {
                    writer.cancel(true);
                    stop();
                });
        ask();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Lets the next request come if there is room for it. */
    private synchronized void ask() {
        if (!asked && turns.size() < TURNS_MAX && bytes < bytesMax) {
            asked = true;
            to.request(1);
        }
    }

    private synchronized void came(int size) {
        asked = false;
        bytes += size;
    }

    private synchronized void answered(int size) {
        bytes -= size;
    }

    @Override
    public void onNext(ModelInferRequest request) {
        int size = request.getSerializedSize();
        came(size);
        Future<ModelStreamInferResponse> answer =
                threads.submit(Context.current().wrap(() -> answer(request)));
        turns.add(Optional.of(new Turn(answer, size)));
        ask();
    }

    private ModelStreamInferResponse answer(ModelInferRequest request) {
        ModelStreamInferResponse.Builder answer = ModelStreamInferResponse.newBuilder();
        try {
            return answer.setInferResponse(model.apply(request)).build();
        } catch (RuntimeException e) {
            ModelInferResponse whose =
                    ModelInferResponse.newBuilder()
                            .setModelName(request.getModelName())
                            .setId(request.getId())
                            .build();
            return answer.setErrorMessage(String.valueOf(OipStatus.of(e).getDescription()))
                    .setInferResponse(whose)
                    .build();
        }
    }

    @Override
    public void onCompleted() {
        turns.add(Optional.empty());
    }

    /** The caller is gone. */
    @Override
    public void onError(Throwable failure) {
        stop();
    }

    private void write() {
        try {
            for (Optional<Turn> turn = turns.take(); turn.isPresent(); turn = turns.take()) {
                ModelStreamInferResponse answer = turn.get().answer().get();
                awaitReader();
                to.onNext(answer);
                answered(turn.get().bytes());
                ask();
            }
            to.onCompleted();
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            stop(); // the caller is gone, or the node stops
        }
    }

    private synchronized void awaitReader() throws InterruptedException {
        while (!to.isReady()) {
            wait();
        }
    }

    private void stop() {
        turns.forEach(turn -> turn.ifPresent(each -> each.answer().cancel(true)));
    }
}
