package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Table;
import dev.treadle.TableSchema;
import dev.treadle.bindings.table.BoundTable;
import dev.treadle.bindings.table.DryTable;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.table.TableStore;
import dev.treadle.registry.BindingSpec;
import org.jspecify.annotations.Nullable;

/** A table that a release binds under a name. */
record OpenTable(
        String name,
        BindingSpec.Table spec,
        TableSchema schema,
        Place<TableProvider> place,
        TableStore store,
        BindingMeter meter) {
    /**
     * @param dry null when writes are real
     */
    Table at(Invocation call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call);
        return new BoundTable(dry == null ? store : dry(dry), guard, schema, spec.ttl());
    }

    private TableStore dry(DryRun run) {
        DryTable.Written written =
                run.seen("table " + spec.table(), DryTable.Written.class, DryTable.Written::new);
        return new DryTable(store, schema, written, change -> run.told(name, change));
    }
}
