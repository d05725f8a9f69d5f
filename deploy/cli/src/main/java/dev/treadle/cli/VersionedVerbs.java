package dev.treadle.cli;

import dev.treadle.cli.admin.VersionedApi;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Table;
import dev.treadle.registry.Split;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What verbs do and say alike for functions and for models. Each answers its exit code. */
record VersionedVerbs(VersionedApi api, Console console, OutputOptions out) {
    int setAlias(String name, AliasName alias, Split split) {
        return done(
                api.setAlias(name, alias.value(), split),
                "%s@%s points at %s".formatted(name, alias.value(), split));
    }

    int listAliases(String name) {
        JsonNode aliases = api.one(name).path("aliases");
        ObjectNode document = Documents.object();
        document.set("aliases", aliases);
        out.print(console, document, () -> table(aliases).print(console));
        return 0;
    }

    private static Table table(JsonNode aliases) {
        Table table = new Table("ALIAS", "RELEASES");
        aliases.properties()
                .forEach(alias -> table.row(alias.getKey(), Texts.weights(alias.getValue())));
        return table;
    }

    int removeAlias(String name, String alias) {
        return done(api.removeAlias(name, alias), "Removed %s@%s".formatted(name, alias));
    }

    /**
     * @param release null for where live pointed before
     */
    int rollback(String name, @Nullable ReleaseNumber release) {
        OptionalInt target =
                release == null ? OptionalInt.empty() : OptionalInt.of(release.value());
        JsonNode moved = api.rollback(name, target);
        return done(
                moved, "%s@live points at %s".formatted(name, Texts.weights(moved.path("live"))));
    }

    /**
     * @param yes whether it is meant
     */
    int delete(String name, boolean yes) {
        if (!yes) {
            int releases = api.releases(name).path("releases").size();
            throw Failure.usage(
                    "%s was not deleted: --yes is missing".formatted(name),
                    "Deleting removes all %d releases and every alias of %s, and cannot be undone."
                            .formatted(releases, name),
                    "%s delete %s --yes".formatted(api.command(), name));
        }
        api.delete(name);
        return done(Documents.object().put("deleted", name), "Deleted " + name);
    }

    private int done(JsonNode document, String text) {
        out.print(console, document, () -> console.say(text));
        return 0;
    }
}
