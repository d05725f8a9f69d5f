package dev.treadle.server.admin;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Digest;
import dev.treadle.trigger.ErrorCode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /v1/artifacts}: takes jars in. */
final class ArtifactsPart implements AdminServer.Part {
    private static final String ARTIFACT = "/v1/artifacts/{digest}";

    private final ArtifactStore artifacts;

    ArtifactsPart(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.head(ARTIFACT, this::has);
        routing.put(ARTIFACT, this::put);
    }

    private void has(ServerRequest request, ServerResponse response) {
        response.status(artifacts.has(digest(request)) ? 200 : 404).send();
    }

    private void put(ServerRequest request, ServerResponse response) {
        Digest digest = digest(request);
        try (InputStream in = request.content().inputStream()) {
            artifacts.put(digest, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        response.status(201).send();
    }

    private static Digest digest(ServerRequest request) {
        try {
            return new Digest(Params.path(request, "digest"));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.ARTIFACT_INVALID, String.valueOf(e.getMessage()));
        }
    }
}
