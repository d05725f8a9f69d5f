package dev.treadle.cli;

import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.build.FunctionPackage;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.registry.DeployedFunction;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Says what a deploy did; the last two lines are the URL and the release. */
record DeployReport(Console console, FunctionPackage function, String alias) {
    /** What was done before the node was asked. */
    void built() {
        function.steps().forEach(console::say);
        if (!function.inferred().isEmpty()) {
            console.say("No function.yaml: took " + String.join(", ", function.inferred()));
        }
    }

    /** What the node did. */
    void deployed(Deployer.Deployed deployed) {
        String had = deployed.uploaded() ? "Uploaded" : "The node has";
        console.say(
                "%s %s (%s)"
                        .formatted(
                                had, Texts.size(function.jar().length), function.digest().brief()));
        deployed.warnings().stream().filter(this::isNews).forEach(console::warn);
        deployed.changes().forEach(this::change);
        if (deployed.outcome().equals("dry-run")) {
            boolean same = deployed.changes().isEmpty();
            console.say("Dry run: nothing " + (same ? "would change" : "was changed"));
            return;
        }
        if (deployed.outcome().equals("unchanged")) {
            console.say("Unchanged: %s points at this already".formatted(alias));
        }
        urls(deployed.urls());
        console.say("Release  %s@v%d".formatted(name(), deployed.release().orElse(0)));
    }

    /** All of it, for programs. */
    ObjectNode document(Deployer.Deployed deployed) {
        ObjectNode document = Documents.object();
        document.put("outcome", deployed.outcome());
        document.put("name", name());
        deployed.release().ifPresent(number -> document.put("release", number));
        deployed.urls().forEach(document.putArray("urls")::add);
        document.put("artifact", function.digest().hex());
        document.put("bytes", function.jar().length);
        document.put("uploaded", deployed.uploaded());
        function.inferred().forEach(document.putArray("inferred")::add);
        deployed.changes().forEach(document.putArray("changes")::add);
        document.set("warnings", deployed.document().path("warnings"));
        return document;
    }

    private void change(String change) {
        if (change.equals("new")) {
            console.say(isLive() ? "New function" : "New alias " + alias);
        } else {
            console.say("  " + change);
        }
    }

    /** Routes lead to live; another alias is called by its name. */
    private void urls(List<String> urls) {
        if (!isLive()) {
            console.say(
                    "URL      none: call it with `treadle invoke %s@%s`".formatted(name(), alias));
        } else if (urls.isEmpty()) {
            console.say("URL      none: call it with `treadle invoke %s`".formatted(name()));
        } else {
            urls.forEach(url -> console.say("URL      " + url));
        }
    }

    private boolean isLive() {
        return alias.equals(DeployedFunction.LIVE);
    }

    private String name() {
        return function.manifest().name().value();
    }

    /** The node reads the manifest again and finds the same oddities. */
    private boolean isNews(String warning) {
        String place = warning.replaceFirst("^function.yaml", "");
        return function.warnings().stream().noneMatch(told -> told.endsWith(place));
    }
}
