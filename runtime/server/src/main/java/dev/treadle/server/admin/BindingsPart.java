package dev.treadle.server.admin;

import dev.treadle.bindings.NodeBindings;
import io.helidon.webserver.http.HttpRouting;

/** {@code /v1/bindings}: what is behind stores on this node, and how it fares. */
final class BindingsPart implements AdminServer.Part {
    private final NodeBindings bindings;

    BindingsPart(NodeBindings bindings) {
        this.bindings = bindings;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get("/v1/bindings", (_, response) -> json.send(response, 200, view()));
    }

    private Views.ProviderList view() {
        return new Views.ProviderList(
                bindings.providers().stream().map(BindingsPart::provider).toList());
    }

    private static Views.Provider provider(NodeBindings.ProviderStatus status) {
        return new Views.Provider(
                status.kind(),
                status.store(),
                status.provider(),
                status.trouble().isEmpty() ? "up" : "down",
                status.trouble(),
                status.running());
    }
}
