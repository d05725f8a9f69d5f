package dev.treadle.registry.files;

import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_FUNCTION;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions: a release holds its manifest. */
final class FunctionKind implements Kind<Release, DeployedFunction> {
    @Override
    public String word() {
        return "function";
    }

    @Override
    public String remedy(String name) {
        return "deploy the function %s anew".formatted(name);
    }

    @Override
    public RegistryException unknown(String name) {
        return new RegistryException(UNKNOWN_FUNCTION, "there is no function " + name);
    }

    @Override
    public DeployedFunction of(
            String name,
            SortedMap<Integer, Release> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous) {
        return new DeployedFunction(new FunctionName(name), releases, aliases, previous);
    }

    @Override
    public void write(Release release, ObjectNode json) {
        json.set("manifest", ManifestJson.write(release.manifest()));
    }

    @Override
    public Release read(String name, JsonNode json) {
        Release release =
                new Release(
                        StateJson.number(json),
                        ManifestJson.read(json.required("manifest")),
                        StateJson.artifact(json),
                        StateJson.created(json));
        StateJson.require(release.function().value().equals(name), "it is another function's");
        return release;
    }
}
