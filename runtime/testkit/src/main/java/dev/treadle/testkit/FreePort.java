package dev.treadle.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are killed and start again on theirs. They are below those that a system
 * gives to outgoing connections: from these it may give the port of a server that is away, even to
 * who tries to reach just that server, and then it cannot come back.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /** One that is free now, and that this process has not named before. */
    public static int next() throws IOException {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port from %d to %d is free".formatted(FIRST, FIRST + COUNT));
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false; // somebody has it
        }
    }
}
