package dev.treadle.server.oip;

import dev.treadle.TensorSpec;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelMetadataRequest;
import dev.treadle.protocols.oip.ModelMetadataResponse;
import dev.treadle.protocols.oip.ModelMetadataResponse.TensorMetadata;
import dev.treadle.protocols.oip.ModelReadyRequest;
import dev.treadle.protocols.oip.ModelReadyResponse;
import dev.treadle.protocols.oip.ModelStreamInferResponse;
import dev.treadle.protocols.oip.ServerLiveRequest;
import dev.treadle.protocols.oip.ServerLiveResponse;
import dev.treadle.protocols.oip.ServerMetadataRequest;
import dev.treadle.protocols.oip.ServerMetadataResponse;
import dev.treadle.protocols.oip.ServerReadyRequest;
import dev.treadle.protocols.oip.ServerReadyResponse;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.registry.ModelRelease;
import dev.treadle.server.grpc.Authorization;
import dev.treadle.server.grpc.GrpcListener;
import dev.treadle.server.grpc.ListenAddress;
import dev.treadle.server.grpc.http2.MessageLimit;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The protocol over gRPC. A call runs on a virtual thread of its own. Safe for threads. */
final class OipGrpc extends GRPCInferenceServiceImplBase implements AutoCloseable {
    /** Health, as probes have no token. */
    private static final Set<String> FOR_ANYONE =
            Set.of(
                    GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
                    GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName());

    private final OipConfig config;
    private final OipModels models;
    private final ServerFacts facts;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("oip-stream-", 0).factory());

    OipGrpc(OipConfig config, OipModels models, ServerFacts facts) {
        this.config = config;
        this.models = models;
        this.facts = facts;
    }

    /** The listener for it, if it is to have one. */
    Optional<GrpcListener> listener() {
        if (config.grpcPort().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new GrpcListener(
                        new ListenAddress(
                                config.host(),
                                config.grpcPort().getAsInt(),
                                "oip.grpc-port",
                                config.tls()),
                        new MessageLimit(config.payloadBytesMax(), "oip.payload-max"),
                        new Authorization(FOR_ANYONE, config::lets, OipError.NO_TOKEN),
                        List.of(this)));
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
        answer(to, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> to) {
        boolean ready = facts.isReady().getAsBoolean();
        answer(to, () -> ServerReadyResponse.newBuilder().setReady(ready).build());
    }

    @Override
    public void serverMetadata(
            ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> to) {
        answer(
                to,
                () ->
                        ServerMetadataResponse.newBuilder()
                                .setName(ServerFacts.NAME)
                                .setVersion(facts.version())
                                .addAllExtensions(ServerFacts.EXTENSIONS)
                                .build());
    }

    /** What is live can be loaded: the push has tried. */
    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> to) {
        answer(
                to,
                () ->
                        ModelReadyResponse.newBuilder()
                                .setReady(isThere(request.getName(), request.getVersion()))
                                .build());
    }

    private boolean isThere(String model, String version) {
        try {
            release(model, version);
            return true;
        } catch (OipError e) {
            return false;
        }
    }

    @Override
    public void modelMetadata(
            ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
        answer(to, () -> metadata(release(request.getName(), request.getVersion())));
    }

    private ModelMetadataResponse metadata(ModelRelease release) {
        OipModels.Description model = models.describe(release);
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addAllVersions(model.versions())
                .setPlatform(OipModels.PLATFORM)
                .addAllInputs(tensors(model.signature().inputs()))
                .addAllOutputs(tensors(model.signature().outputs()))
                .build();
    }

    private static List<TensorMetadata> tensors(List<TensorSpec> specs) {
        return specs.stream()
                .map(
                        spec ->
                                TensorMetadata.newBuilder()
                                        .setName(spec.name())
                                        .setDatatype(Datatypes.of(spec.type()))
                                        .addAllShape(
                                                spec.shape().stream()
                                                        .map(TensorSpec.Dimension::size)
                                                        .toList())
                                        .build())
                .toList();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
        answer(to, () -> infer(request));
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(
            StreamObserver<ModelStreamInferResponse> to) {
        return InferStream.open(to, this::infer, threads, config.payloadBytesMax());
    }

    private ModelInferResponse infer(ModelInferRequest request) {
        ModelRelease release = release(request.getModelName(), request.getModelVersion());
        return InferMessages.answer(
                release, request, models.run(release, InferMessages.inputs(request), patience()));
    }

    /** As long as the caller waits, and no longer than is usual. */
    private Duration patience() {
        Deadline deadline = Context.current().getDeadline();
        long usual = config.timeout().toNanos();
        return Duration.ofNanos(
                deadline == null
                        ? usual
                        : Math.min(usual, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private ModelRelease release(String model, String version) {
        return models.release(model, Optional.of(version).filter(text -> !text.isEmpty()));
    }

    /** Runs a call; a caller who goes away interrupts it. */
    private static <A> void answer(StreamObserver<A> to, Supplier<A> call) {
        Thread caller = Thread.currentThread();
        ServerCallStreamObserver<A> observer = (ServerCallStreamObserver<A>) to;
        observer.setOnCancelHandler(caller::interrupt);
        A answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            to.onError(OipStatus.of(e).asException());
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
