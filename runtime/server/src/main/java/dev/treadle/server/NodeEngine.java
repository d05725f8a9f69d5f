package dev.treadle.server;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.bindings.model.OnnxModels;
import dev.treadle.engine.Engine;
import dev.treadle.engine.EngineConfig;
import dev.treadle.inference.Inference;
import dev.treadle.server.bindings.EngineBindings;
import dev.treadle.server.events.SharedRandom;
import java.time.InstantSource;

/**
 * What runs functions on a node, with what it gives them to use.
 *
 * @param inference runs models
 * @param bindings the providers of all that functions bind, models among them
 * @param engine runs functions, which use the bindings
 */
public record NodeEngine(Inference inference, NodeBindings bindings, Engine engine) {

    /** Knows no function yet. */
    static NodeEngine of(
            NodeConfig config,
            NodeStores stores,
            NodeNats nats,
            Closing closing,
            InstantSource clock) {
        Inference inference =
                closing.with(new Inference(config.models(), stores.models(), stores.artifacts()));
        NodeBindings bindings =
                closing.with(
                        new NodeBindings(
                                config.bindings(),
                                config.data(),
                                nats.access(),
                                new OnnxModels(inference),
                                new SharedRandom(),
                                clock));
        Engine engine =
                closing.with(
                        new Engine(
                                engineConfig(config),
                                stores.artifacts(),
                                stores.secrets(),
                                nats.publisher(),
                                new EngineBindings(bindings),
                                clock));
        return new NodeEngine(inference, bindings, engine);
    }

    private static EngineConfig engineConfig(NodeConfig config) {
        return new EngineConfig(
                config.data().resolve("unpacked"),
                Adapters.classPath(),
                config.startTimeout(),
                config.logLinesMax(),
                config.logBytesMax(),
                config.recordsMax());
    }
}
