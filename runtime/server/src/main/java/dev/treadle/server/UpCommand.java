package dev.treadle.server;

import dev.treadle.registry.files.FileStoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a node and keeps it until it is told to stop. */
@Command(
        name = "treadle up",
        description = "Starts a node with embedded stores and serves functions.",
        mixinStandardHelpOptions = true,
        versionProvider = UpCommand.VersionProvider.class,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: .treadle).")
    private @Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Port for functions (default: 8080).")
    private @Nullable Integer http;

    @Option(
            names = "--admin",
            paramLabel = "PORT",
            description = "Port for the admin API (default: 8081).")
    private @Nullable Integer admin;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration (default: treadle.yaml).")
    private @Nullable Path config;

    @Option(names = "--samples", description = "Deploy the sample functions.")
    private boolean samples;

    @Option(
            names = "--nats",
            paramLabel = "URL|managed|off",
            description = "Not in this version: there are no NATS triggers yet.")
    private @Nullable String nats;

    @Option(
            names = "--nats-port",
            paramLabel = "PORT",
            description = "Not in this version: there are no NATS triggers yet.")
    private @Nullable Integer natsPort;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Override
    public Integer call() throws InterruptedException {
        if ((nats != null && !nats.equals("off")) || natsPort != null) {
            err.println(
                    "note: this version has no NATS triggers; --nats and --nats-port change nothing");
        }
        try {
            return serve();
        } catch (ConfigReader.Invalid
                | FileStoreException
                | IllegalStateException
                | IOException e) {
            err.println("treadle up: " + e.getMessage());
            return 1;
        }
    }

    private int serve() throws ConfigReader.Invalid, IOException, InterruptedException {
        ConfigReader.Flags flags =
                new ConfigReader.Flags(
                        Optional.ofNullable(data),
                        Optional.ofNullable(http),
                        Optional.ofNullable(admin),
                        Optional.ofNullable(config));
        Node node = new Node(ConfigReader.read(flags, System.getenv()));
        CountDownLatch told = new CountDownLatch(1);
        StopSignals.onStop(told::countDown);
        try {
            node.start(samples ? Optional.of(sampleFolder()) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
        report(node);
        told.await();
        node.close();
        return 0;
    }

    private void report(Node node) {
        long millis =
                System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        out.printf("ready in %d ms%n", millis);
        out.printf("  functions  %s%n", node.httpUrl());
        out.printf("  admin      %s%n", node.adminUrl());
        out.printf("  data       %s%n", node.data());
        node.warnings().forEach(warning -> out.printf("  warning    %s%n", warning));
        out.flush();
    }

    private static Path sampleFolder() {
        return Path.of(System.getProperty("treadle.home", "."), "samples");
    }

    /** {@code --version}. */
    static final class VersionProvider implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"treadle " + Version.text()};
        }
    }
}
