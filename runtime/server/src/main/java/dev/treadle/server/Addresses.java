package dev.treadle.server;

/** Addresses of listeners as clients reach them. */
public final class Addresses {
    private Addresses() {}

    /** {@code host:port}; from this machine where the listener takes calls from anywhere. */
    public static String reachable(String host, int port) {
        boolean isAny = host.equals("0.0.0.0") || host.equals("::");
        return "%s:%d".formatted(isAny ? "127.0.0.1" : host, port);
    }
}
