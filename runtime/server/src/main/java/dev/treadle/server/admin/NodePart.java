package dev.treadle.server.admin;

import dev.treadle.engine.Engine;
import dev.treadle.registry.Registry;
import dev.treadle.trigger.nats.server.NatsState;
import dev.treadle.trigger.nats.server.NatsText;
import dev.treadle.trigger.nats.server.ServerVersion;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The node itself: health, what it is, and the API's own description. */
final class NodePart implements AdminServer.Part {
    private final NodeInfo node;
    private final Registry registry;
    private final Engine engine;

    NodePart(NodeInfo node, Registry registry, Engine engine) {
        this.node = node;
        this.registry = registry;
        this.engine = engine;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                "/health/live",
                (_, response) -> json.send(response, 200, new Views.Health("UP", List.of())));
        routing.get("/health/ready", (_, response) -> ready(response, json));
        routing.get("/openapi", (_, response) -> openapi(response));
        routing.get("/v1/node", (_, response) -> json.send(response, 200, view()));
    }

    private void ready(ServerResponse response, AdminJson json) {
        boolean ready = node.state() == NodeInfo.State.READY;
        String state = node.state().name().toLowerCase(Locale.ROOT);
        json.send(
                response,
                ready ? 200 : 503,
                new Views.Health(
                        ready ? "UP" : "DOWN",
                        List.of(
                                new Views.Check("node", ready ? "UP" : "DOWN", state),
                                check(node.nats()))));
    }

    /** NATS has its own line; without it the node still serves, so it does not count. */
    private static Views.Check check(NatsState nats) {
        String status =
                switch (nats.phase()) {
                    case OFF -> "OFF";
                    case CONNECTED -> "UP";
                    case STARTING, RECONNECTING, UNAVAILABLE -> "DOWN";
                };
        return new Views.Check("nats", status, NatsText.line(nats));
    }

    private static Views.Nats view(NatsState nats) {
        return new Views.Nats(
                nats.mode(),
                nats.phase().name().toLowerCase(Locale.ROOT),
                nats.detail(),
                nats.url(),
                nats.version().map(ServerVersion::toString),
                nats.durability(),
                nats.since(),
                nats.reconnects(),
                nats.restarts(),
                nats.stopping(),
                nats.warnings());
    }

    private Views.Node view() {
        return new Views.Node(
                node.id(),
                node.version(),
                Runtime.version().toString(),
                node.started(),
                node.state().name().toLowerCase(Locale.ROOT),
                node.httpUrl(),
                node.adminUrl(),
                node.data().toString(),
                registry.catalog().functions().size(),
                engine.functions().loadedCount(),
                engine.functions().inFlight(),
                view(node.nats()),
                node.warnings());
    }

    private static void openapi(ServerResponse response) {
        try (InputStream in = NodePart.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is missing from the server's jar");
            }
            response.header(HeaderNames.CONTENT_TYPE, "application/yaml");
            response.send(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
