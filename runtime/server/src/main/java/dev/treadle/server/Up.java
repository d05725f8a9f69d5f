package dev.treadle.server;

import dev.treadle.registry.files.FileStoreException;
import dev.treadle.trigger.nats.server.NatsState;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code treadle up}: starts a node and keeps it until it is told to stop. */
final class Up {
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    Up(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /**
     * Returns the exit code: 0 after a stop, 1 when the node could not start, 2 for wrong flags.
     */
    int run(String... arguments) throws InterruptedException {
        try {
            UpFlags flags = UpFlags.parse(arguments);
            if (flags.has("--help")) {
                out.println(UpFlags.help());
                return 0;
            }
            if (flags.has("--version")) {
                out.println("treadle " + Version.text());
                return 0;
            }
            return serve(flags);
        } catch (UpFlags.Wrong e) {
            err.println("treadle up: " + e.getMessage());
            err.println();
            err.println(UpFlags.help());
            return 2;
        } catch (ConfigReader.Invalid
                | FileStoreException
                | IllegalStateException
                | IOException e) {
            err.println("treadle up: " + e.getMessage());
            err.println();
            err.println("Try:");
            err.println("  treadle up --help");
            err.println("  treadle doctor");
            return 1;
        }
    }

    private int serve(UpFlags flags)
            throws ConfigReader.Invalid, IOException, InterruptedException {
        Node node = new Node(ConfigReader.read(flags, environment), this::tellOfNats);
        CountDownLatch told = new CountDownLatch(1);
        StopSignals.onStop(told::countDown);
        try {
            node.start(flags.has("--samples") ? Optional.of(sampleFolder()) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
        report(node);
        node.joinNats();
        told.await();
        node.close();
        return 0;
    }

    private void report(Node node) {
        // The process may be older: the script that became it may have built everything first.
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        out.printf("ready in %d ms%n", System.currentTimeMillis() - began);
        out.printf("  functions  %s%n", node.httpUrl());
        out.printf("  admin      %s%n", node.adminUrl());
        out.printf("  data       %s%n", node.data());
        if (node.nats().phase() == NatsState.Phase.OFF) {
            tellOfNats(node.nats().detail());
        }
        node.warnings().forEach(warning -> out.printf("  warning    %s%n", warning));
        out.flush();
    }

    private void tellOfNats(String line) {
        out.printf("  nats       %s%n", line);
        out.flush();
    }

    private static Path sampleFolder() {
        return Path.of(System.getProperty("treadle.home", "."), "samples");
    }
}
