package dev.treadle.server.grpc.http2;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a listener serves, as reflection looks for it. It starts and ends with its listener alone.
 */
final class Services extends Server {
    private final List<ServerServiceDefinition> all;

    Services(List<ServerServiceDefinition> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public List<ServerServiceDefinition> getServices() {
        return all;
    }

    @Override
    public List<ServerServiceDefinition> getImmutableServices() {
        return all;
    }

    @Override
    public Server start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Server shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Server shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void awaitTermination() {
        throw new UnsupportedOperationException();
    }
}
