package dev.treadle.server;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.Registry;
import dev.treadle.registry.files.FileStore;
import dev.treadle.server.pauses.TriggerPauses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a node keeps in its data folder.
 *
 * @param files the registry with its artifacts and models
 * @param token that the admin API asks for
 * @param secrets of functions
 * @param pauses which triggers an operator has paused
 * @param testEvents that were saved to try functions with
 */
public record NodeStores(
        FileStore files,
        AdminToken token,
        SecretFiles secrets,
        TriggerPauses pauses,
        TestEvents testEvents) {

    /** Opens the folder, which is made when there is none and is this node's alone. */
    static NodeStores open(Path data, Closing closing, InstantSource clock) throws IOException {
        OwnerFiles.createFolder(data);
        return new NodeStores(
                closing.with(FileStore.open(data.resolve("registry"), clock)),
                AdminToken.at(data.resolve(NodeFiles.TOKEN)),
                new SecretFiles(data.resolve("secrets"), System.getenv()),
                new TriggerPauses(data.resolve("paused"), clock),
                new TestEvents(data.resolve("test-events")));
    }

    public Registry registry() {
        return files.registry();
    }

    public ArtifactStore artifacts() {
        return files.artifacts();
    }

    public ModelRegistry models() {
        return files.models();
    }
}
