package dev.treadle.server;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.table.Columns;
import dev.treadle.bindings.table.TableMisfit;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.registry.TableColumns;
import dev.treadle.server.admin.ApiException;
import dev.treadle.server.admin.ProblemView;
import dev.treadle.trigger.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees to it at a deploy that the tables of a manifest are there, and as it declares them: all
 * functions that bind a table have to agree on its key and on the types of columns.
 */
final class TableDeploys {
    private final Registry registry;
    private final NodeBindings bindings;

    TableDeploys(Registry registry, NodeBindings bindings) {
        this.registry = registry;
        this.bindings = bindings;
    }

    /**
     * Makes the tables, and columns that are missing; throws when one is declared otherwise.
     *
     * @param dryRun whether to look only
     * @return warnings: of tables that cannot be looked at now
     */
    List<ProblemView> require(Manifest manifest, boolean dryRun) {
        Map<String, BindingSpec.Table> tables = tables(manifest);
        List<ProblemView> problems = new ArrayList<>();
        tables.forEach((name, spec) -> others(manifest, name, spec, problems));
        refuse(problems);
        List<ProblemView> warnings = new ArrayList<>();
        tables.forEach((name, spec) -> provider(name, spec, false, problems, warnings));
        refuse(problems);
        if (!dryRun && warnings.isEmpty()) {
            tables.forEach((name, spec) -> provider(name, spec, true, problems, warnings));
            refuse(problems);
        }
        return warnings;
    }

    private static Map<String, BindingSpec.Table> tables(Manifest manifest) {
        Map<String, BindingSpec.Table> tables = new LinkedHashMap<>();
        manifest.bindings()
                .forEach(
                        (name, spec) -> {
                            if (spec instanceof BindingSpec.Table table) {
                                tables.put(name, table);
                            }
                        });
        return tables;
    }

    /** What the manifest itself and other functions, by releases that can be called, declare. */
    private void others(
            Manifest manifest, String name, BindingSpec.Table spec, List<ProblemView> problems) {
        conflicts(manifest, name, spec, "another binding", problems);
        for (DeployedFunction function : registry.catalog().functions()) {
            if (function.name().equals(manifest.name())) {
                continue;
            }
            for (Release release : called(function)) {
                String who = "%s@v%d".formatted(function.name(), release.number());
                conflicts(release.manifest(), name, spec, who, problems);
            }
        }
    }

    private static List<Release> called(DeployedFunction function) {
        Set<Integer> numbers = new TreeSet<>();
        function.aliases().values().forEach(split -> numbers.addAll(split.weights().keySet()));
        return function.releases().values().stream()
                .filter(release -> numbers.contains(release.number()))
                .toList();
    }

    private static void conflicts(
            Manifest other,
            String name,
            BindingSpec.Table spec,
            String who,
            List<ProblemView> problems) {
        for (BindingSpec.Table declared : tables(other).values()) {
            if (!declared.table().equals(spec.table())) {
                continue;
            }
            for (TableColumns.Conflict conflict : spec.columns().conflicts(declared.columns())) {
                problems.add(
                        problem(
                                name,
                                conflict.path(),
                                "%s, as %s declares the table %s"
                                        .formatted(conflict.other(), who, spec.table()),
                                conflict.one()));
            }
        }
    }

    private void provider(
            String name,
            BindingSpec.Table spec,
            boolean make,
            List<ProblemView> problems,
            List<ProblemView> warnings) {
        TableProvider provider = bindings.behind(spec);
        try {
            for (TableMisfit misfit :
                    provider.check(spec.table(), Columns.of(spec.columns()), make)) {
                problems.add(
                        problem(
                                name,
                                misfit.path(),
                                "%s, as the table %s has it in %s"
                                        .formatted(misfit.there(), spec.table(), provider.text()),
                                misfit.declared()));
            }
        } catch (StoreFailure e) {
            warnings.add(
                    new ProblemView(
                            "bindings." + name,
                            OptionalInt.empty(),
                            Optional.empty(),
                            Optional.of(spec.table()),
                            "bindings.%s: the table %s in %s cannot be made or checked now, the first call will: %s"
                                    .formatted(name, spec.table(), provider.text(), e.detail())));
        }
    }

    private static ProblemView problem(String name, String path, String expected, String found) {
        String at = "bindings.%s.%s".formatted(name, path);
        return new ProblemView(
                at,
                OptionalInt.empty(),
                Optional.of(expected),
                Optional.of(found),
                "%s: expected %s; found %s. A table's key and the types of its columns stay: declare what is there, or name another table or column"
                        .formatted(at, expected, found));
    }

    private static void refuse(List<ProblemView> problems) {
        if (!problems.isEmpty()) {
            throw new ApiException(
                    ErrorCode.MANIFEST_INVALID,
                    ErrorCode.MANIFEST_INVALID.status(),
                    "function.yaml declares a table otherwise than it is",
                    problems);
        }
    }
}
