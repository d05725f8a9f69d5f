package dev.treadle.server.admin;

import dev.treadle.server.SecretFiles;
import dev.treadle.trigger.ErrorCode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /v1/secrets}: set, list by name, remove. Values never come out. */
final class SecretsPart implements AdminServer.Part {
    private static final String SECRET = "/v1/secrets/{key}";
    private static final int VALUE_BYTES_MAX = 64 * 1024;

    private final SecretFiles secrets;

    SecretsPart(SecretFiles secrets) {
        this.secrets = secrets;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                "/v1/secrets",
                (_, response) ->
                        json.send(
                                response,
                                200,
                                new Views.SecretList(
                                        secrets.list().stream()
                                                .map(e -> new Views.Secret(e.name(), e.updated()))
                                                .toList())));
        routing.put(
                SECRET,
                (request, response) -> {
                    secrets.set(
                            key(request),
                            new String(
                                    Bodies.read(request, VALUE_BYTES_MAX), StandardCharsets.UTF_8));
                    response.status(204).send();
                });
        routing.delete(
                SECRET,
                (request, response) -> {
                    if (!secrets.delete(key(request))) {
                        throw new ApiException(
                                ErrorCode.NO_FUNCTION,
                                "there is no secret '%s'".formatted(key(request)));
                    }
                    response.status(204).send();
                });
    }

    private static String key(ServerRequest request) {
        String key = Params.path(request, "key");
        if (!SecretFiles.isLegal(key)) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    422,
                    "'%s' is not a secret's name: letters, digits and _, not beginning with a digit"
                            .formatted(key),
                    List.of());
        }
        return key;
    }
}
