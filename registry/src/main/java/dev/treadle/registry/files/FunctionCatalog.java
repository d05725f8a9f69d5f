package dev.treadle.registry.files;

import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/** An immutable catalog. */
record FunctionCatalog(SortedMap<String, DeployedFunction> byName) implements Catalog {
    @Override
    public Optional<DeployedFunction> function(FunctionName name) {
        return Optional.ofNullable(byName.get(name.value()));
    }

    @Override
    public Collection<DeployedFunction> functions() {
        return byName.values();
    }
}
