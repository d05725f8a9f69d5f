package dev.treadle.trigger.nats.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What is on a port of this machine. */
final class LocalPort {
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private LocalPort() {}

    /**
     * Whether the NATS server of this name answers. Each one introduces itself in its first line.
     */
    static boolean isFrom(String name, int port) {
        try (Socket socket = new Socket()) {
            int wait = (int) WAIT_MAX.toMillis();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), wait);
            socket.setSoTimeout(wait);
            String first =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine();
            return first != null
                    && first.startsWith("INFO ")
                    && first.contains("\"server_name\":\"" + name + '"');
        } catch (IOException e) {
            return false; // nobody there yet
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // in use
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
