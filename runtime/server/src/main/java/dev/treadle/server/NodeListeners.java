package dev.treadle.server;

import dev.treadle.server.admin.AdminServer;
import dev.treadle.server.admin.NodeInfo;
import dev.treadle.server.grpc.GrpcListener;
import dev.treadle.server.oip.OipServer;
import dev.treadle.trigger.http.HttpTrigger;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where a node is reached.
 *
 * @param http for requests to functions
 * @param admin for operators
 * @param oip for inference clients; empty when models are not served
 * @param grpc for calls of functions by name; empty when they are not taken
 */
record NodeListeners(
        HttpTrigger http, AdminServer admin, Optional<OipServer> oip, Optional<GrpcListener> grpc) {

    /** Nothing listens yet. */
    static NodeListeners of(
            NodeConfig config,
            NodeInfo node,
            NodeStores stores,
            NodeEngine running,
            HttpTrigger http,
            AdminServer admin,
            InstantSource clock) {
        Optional<OipServer> oip =
                config.oip()
                        .map(
                                each ->
                                        new OipServer(
                                                each,
                                                stores.models(),
                                                running.inference(),
                                                node.version(),
                                                () -> node.state() == NodeInfo.State.READY));
        Optional<GrpcListener> grpc =
                config.grpc().map(each -> each.listener(running.engine(), clock));
        return new NodeListeners(http, admin, oip, grpc);
    }

    /** Begins to listen, at one after another; what listens is to be closed. */
    void start(Closing closing) {
        http.start(); // is closed as a trigger
        admin.start();
        closing.also(admin);
        oip.ifPresent(
                server -> {
                    server.start();
                    closing.also(server);
                });
        grpc.ifPresent(
                listener -> {
                    listener.start();
                    closing.also(listener);
                });
    }

    /** Says to clients that ask that the node will soon be gone. */
    void leave() {
        grpc.ifPresent(GrpcListener::leave);
        oip.ifPresent(OipServer::leave);
    }
}
