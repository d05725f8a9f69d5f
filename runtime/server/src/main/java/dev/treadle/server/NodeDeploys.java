package dev.treadle.server;

import dev.treadle.inference.ModelInspector;

/**
 * What changes what a node runs.
 *
 * @param functions takes functions in
 * @param models takes models in
 */
public record NodeDeploys(Deployments functions, Models models) {

    static NodeDeploys of(
            NodeConfig config, NodeStores stores, NodeEngine running, NodeTriggers triggers) {
        Deployments functions =
                new Deployments(
                        stores.registry(),
                        new KnownModels(stores.models(), config.bindings().models()),
                        stores.artifacts(),
                        running.engine(),
                        triggers.owners(),
                        new ServedTriggers(),
                        new TableDeploys(stores.registry(), running.bindings()));
        Models models =
                new Models(
                        stores.models(),
                        stores.artifacts(),
                        new ModelInspector(config.models()),
                        stores.registry());
        return new NodeDeploys(functions, models);
    }
}
