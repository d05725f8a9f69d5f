package dev.treadle.registry.files;

import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Registry.Watch;
import dev.treadle.registry.Split;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Models as folders of small files; their bytes lie with the functions' artifacts. */
public final class FileModelRegistry implements ModelRegistry {
    private final ReleaseStore<ModelRelease, DeployedModel> store;

    FileModelRegistry(ReleaseStore<ModelRelease, DeployedModel> store) {
        this.store = store;
    }

    @Override
    public Optional<DeployedModel> model(ModelName name) {
        return Optional.ofNullable(store.catalog().get(name.value()));
    }

    @Override
    public Collection<DeployedModel> models() {
        return store.catalog().values();
    }

    @Override
    public ModelRelease push(
            ModelName name, Digest artifact, ModelDescription description, String alias) {
        return store.add(
                name.value(),
                artifact,
                alias,
                (number, created) ->
                        new ModelRelease(name, number, artifact, description, created));
    }

    @Override
    public DeployedModel setAlias(ModelName name, String alias, Split split) {
        return store.setAlias(name.value(), alias, split);
    }

    @Override
    public DeployedModel removeAlias(ModelName name, String alias) {
        return store.removeAlias(name.value(), alias);
    }

    @Override
    public void delete(ModelName name) {
        store.delete(name.value());
    }

    @Override
    public Watch watch(Consumer<ModelName> listener) {
        return store.watch(name -> listener.accept(new ModelName(name)));
    }
}
