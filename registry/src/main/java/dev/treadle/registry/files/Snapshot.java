package dev.treadle.registry.files;

import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An immutable catalog. */
final class Snapshot implements Catalog {
    private final TreeMap<FunctionName, DeployedFunction> functions;

    Snapshot(Map<FunctionName, DeployedFunction> functions) {
        this.functions = new TreeMap<>(functions);
    }

    /** This catalog with one function replaced, added or taken out. */
    Snapshot with(FunctionName name, Optional<DeployedFunction> deployed) {
        Snapshot next = new Snapshot(functions);
        deployed.ifPresentOrElse(
                d -> next.functions.put(name, d), () -> next.functions.remove(name));
        return next;
    }

    @Override
    public Optional<DeployedFunction> function(FunctionName name) {
        return Optional.ofNullable(functions.get(name));
    }

    @Override
    public Collection<DeployedFunction> functions() {
        return Collections.unmodifiableCollection(functions.values());
    }
}
