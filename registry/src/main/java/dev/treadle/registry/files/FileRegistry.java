package dev.treadle.registry.files;

import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.util.function.Consumer;

/** Functions as folders of small files. */
public final class FileRegistry implements Registry {
    private final ReleaseStore<Release, DeployedFunction> store;

    FileRegistry(ReleaseStore<Release, DeployedFunction> store) {
        this.store = store;
    }

    @Override
    public Catalog catalog() {
        return new FunctionCatalog(store.catalog());
    }

    @Override
    public Release deploy(Manifest manifest, Digest artifact, String alias, Check check) {
        return store.add(
                manifest.name().value(),
                artifact,
                alias,
                (number, created) -> {
                    Release release = new Release(number, manifest, artifact, created);
                    check.accept(release);
                    return release;
                });
    }

    @Override
    public DeployedFunction setAlias(FunctionName function, String alias, Split split) {
        return store.setAlias(function.value(), alias, split);
    }

    @Override
    public DeployedFunction removeAlias(FunctionName function, String alias) {
        return store.removeAlias(function.value(), alias);
    }

    @Override
    public void delete(FunctionName function) {
        store.delete(function.value());
    }

    @Override
    public Watch watch(Consumer<FunctionName> listener) {
        return store.watch(name -> listener.accept(new FunctionName(name)));
    }

    @Override
    public void close() {
        store.close();
    }
}
