package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import dev.treadle.registry.Digest;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the files of models and makes releases of them. Safe for threads. */
public final class ModelPush {
    private final AdminClient client;
    private final VersionedApi models;

    ModelPush(AdminClient client, VersionedApi models) {
        this.client = client;
        this.models = models;
    }

    /**
     * Uploads a file, unless the node has it.
     *
     * @return whether it had to be sent
     */
    public boolean upload(Digest digest, Path file) {
        String path = "/v1/artifacts/" + digest.hex();
        if (client.send(Request.of("HEAD", path)).ok()) {
            return false;
        }
        Request request = Request.of("PUT", path).file("application/octet-stream", file);
        client.expect(request.patience(Kind.MODEL.patience()));
        return true;
    }

    /** Makes a release of an uploaded file. */
    public JsonNode push(String name, Digest digest, String alias) {
        ObjectNode body = Documents.object();
        body.put("artifact", digest.hex());
        body.put("alias", alias);
        Request request = Request.of("POST", models.path(name) + "/releases").json(body);
        return client.expect(request.patience(Kind.MODEL.patience())).json();
    }
}
