package dev.treadle.bindings.model.oip;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Invocation;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.model.ModelProvider;
import dev.treadle.inference.InputCheck;
import dev.treadle.protocols.oip.ModelMetadataRequest;
import dev.treadle.protocols.oip.ServerReadyRequest;
import dev.treadle.protocols.tensors.BadTensor;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Models of another server. What one takes and gives is asked for now and then, not for each call.
 */
public final class OipModels implements ModelProvider {
    private static final Duration LOOKING = Duration.ofSeconds(2);
    private static final Duration SIGNATURE_KEPT = Duration.ofSeconds(10);
    private static final Metadata.Key<String> PARENT = OipHome.key("traceparent");
    private static final Metadata.Key<String> STATE = OipHome.key("tracestate");
    private static final Metadata NOTHING = new Metadata();

    private final OipModel remote;
    private final Duration patience;
    private final InstantSource clock;
    private final OipHome home;
    private final Map<String, Known> signatures = new ConcurrentHashMap<>();

    /** A signature, and since when it is known. */
    private record Known(ModelSignature signature, Instant since) {}

    /**
     * @param patience how long a call may take
     */
    public OipModels(OipModel remote, Duration patience, InstantSource clock) {
        this.remote = remote;
        this.patience = patience;
        this.clock = clock;
        this.home = new OipHome(remote);
    }

    @Override
    public String text() {
        return remote.text();
    }

    @Override
    public String name() {
        return "oip";
    }

    @Override
    public Optional<String> trouble() {
        return trouble(
                () -> {
                    ServerReadyRequest request = ServerReadyRequest.getDefaultInstance();
                    boolean ready =
                            home.call(NOTHING, LOOKING, open -> open.serverReady(request))
                                    .getReady();
                    return ready ? Optional.empty() : Optional.of("it says that it is not ready");
                });
    }

    @Override
    public Optional<String> trouble(String model) {
        return trouble(
                () -> {
                    signatures.put(model, ask(model, NOTHING, LOOKING));
                    return Optional.empty();
                });
    }

    private static Optional<String> trouble(Supplier<Optional<String>> look) {
        try {
            return look.get();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    @Override
    public Chosen choose(String model, Invocation call) {
        Metadata trace = trace(call);
        Known known = signatures.get(model);
        if (known == null || known.since().plus(SIGNATURE_KEPT).isBefore(clock.instant())) {
            known = ask(model, trace, within(call.remaining()));
            signatures.put(model, known);
        }
        return new Remote(model, known.signature(), trace);
    }

    private static Metadata trace(Invocation call) {
        Metadata trace = new Metadata();
        trace.put(PARENT, call.traceparent());
        call.tracestate().ifPresent(state -> trace.put(STATE, state));
        return trace;
    }

    private Duration within(Duration left) {
        return left.compareTo(patience) < 0 ? left : patience;
    }

    private Known ask(String model, Metadata trace, Duration within) {
        ModelMetadataRequest request =
                ModelMetadataRequest.newBuilder()
                        .setName(remote.name().orElse(model))
                        .setVersion(remote.version().orElse(""))
                        .build();
        return readable(
                () ->
                        new Known(
                                RemoteTensors.signature(
                                        home.call(
                                                trace,
                                                within,
                                                open -> open.modelMetadata(request))),
                                clock.instant()));
    }

    private static <T> T readable(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (BadTensor e) {
            throw new StoreFailure(Reason.FAILED, "of what it answers " + e.getMessage(), e);
        }
    }

    private final class Remote implements Chosen {
        private final String model;
        private final ModelSignature signature;
        private final Metadata trace;

        Remote(String model, ModelSignature signature, Metadata trace) {
            this.model = model;
            this.signature = signature;
            this.trace = trace;
        }

        @Override
        public ModelSignature signature() {
            return signature;
        }

        /** How many rows run together is the server's to say. */
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs, int batchMax, Duration left) {
            InputCheck.check(signature, inputs);
            try {
                return readable(
                        () ->
                                RemoteTensors.outputs(
                                        home.call(
                                                trace,
                                                within(left),
                                                open ->
                                                        open.modelInfer(
                                                                RemoteTensors.request(inputs)
                                                                        .setModelName(
                                                                                remote.name()
                                                                                        .orElse(
                                                                                                model))
                                                                        .setModelVersion(
                                                                                remote.version()
                                                                                        .orElse(""))
                                                                        .build()))));
            } catch (StoreFailure e) {
                signatures.remove(model); // it may have another one by now
                throw e;
            }
        }
    }

    @Override
    public void close() {
        home.close();
    }
}
