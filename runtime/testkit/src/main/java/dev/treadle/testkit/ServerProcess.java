package dev.treadle.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The process of a real server, which can be killed, frozen, and started again. For one thread at a
 * time.
 */
final class ServerProcess {
    private static final int WAIT_MILLIS = 2_000;

    private final String name;
    private final Server server;
    private final Duration patience;
    private Process process;

    private ServerProcess(String name, Server server, Duration patience) throws IOException {
        this.name = name;
        this.server = server;
        this.patience = patience;
        this.process = server.launch();
    }

    /** In what a server differs from others. */
    interface Server {
        Process launch() throws IOException;

        /** Where it writes what it says since it was launched. */
        Path log();

        /** Whether it serves. */
        boolean answers();
    }

    /**
     * Launches it and waits until it serves.
     *
     * @param name for people
     */
    static ServerProcess start(String name, Server server, Duration patience) throws IOException {
        ServerProcess started = new ServerProcess(name, server, patience);
        started.await();
        return started;
    }

    private void await() throws IOException {
        try {
            Eventually.holds(patience, () -> server.answers() || !process.isAlive());
        } catch (AssertionError e) {
            kill(); // nobody else knows of it yet
            throw e;
        }
        if (!process.isAlive()) {
            throw new IOException(name + " ended: " + Files.readString(server.log()));
        }
    }

    /** Whether a page of it is there. */
    static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Puts a resource of this package into a folder. */
    static Path copy(String resource, Path folder) throws IOException {
        Path copy = folder.resolve(resource);
        try (InputStream in = ServerProcess.class.getResourceAsStream(resource)) {
            Files.write(copy, Objects.requireNonNull(in, resource).readAllBytes());
        }
        return copy;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is gone. */
    void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Launches it again; returns when it serves. */
    void startAgain() throws IOException {
        process = server.launch();
        await();
    }

    /** Has it stop in the middle of everything: it takes connections and answers nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** The opposite of {@link #freeze}. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }
}
