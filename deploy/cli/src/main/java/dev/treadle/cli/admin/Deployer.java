package dev.treadle.cli.admin;

import dev.treadle.cli.build.FunctionPackage;
import dev.treadle.cli.console.Documents;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a package to a node: the artifact when the node has it not, then the release. */
public final class Deployer {
    private final NodeApi node;

    public Deployer(NodeApi node) {
        this.node = node;
    }

    /**
     * What became of it.
     *
     * @param document the node's answer
     * @param uploaded whether the artifact had to be sent
     * @param upload how long the artifact took
     * @param deploy how long the release took
     */
    public record Deployed(JsonNode document, boolean uploaded, Duration upload, Duration deploy) {
        public String outcome() {
            return document.path("outcome").asString("");
        }

        /** Absent for a dry run. */
        public OptionalInt release() {
            JsonNode release = document.path("release");
            return release.isInt() ? OptionalInt.of(release.asInt()) : OptionalInt.empty();
        }

        public List<String> urls() {
            return texts(document.path("function").path("urls"));
        }

        public List<String> changes() {
            return texts(document.path("changes"));
        }

        public List<String> warnings() {
            return document.path("warnings").valueStream().map(Problems::line).toList();
        }

        private static List<String> texts(JsonNode array) {
            return array.valueStream().map(one -> one.asString("")).toList();
        }
    }

    /** Makes the release live under {@code alias}, or only tells what would change. */
    public Deployed deploy(FunctionPackage function, String alias, boolean dryRun) {
        long start = System.nanoTime();
        boolean upload = !node.has(function.digest());
        if (upload) {
            node.put(function.digest(), function.jar());
        }
        long uploaded = System.nanoTime();
        ObjectNode request = Documents.object();
        request.put("manifest", function.yaml());
        request.put("artifact", function.digest().hex());
        request.put("alias", alias);
        request.put("dryRun", dryRun);
        JsonNode answer = node.deploy(function.manifest().name(), request);
        return new Deployed(
                answer,
                upload,
                Duration.ofNanos(uploaded - start),
                Duration.ofNanos(System.nanoTime() - uploaded));
    }
}
