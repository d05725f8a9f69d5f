package dev.treadle.server;

import dev.treadle.registry.files.FileStoreException;
import dev.treadle.trigger.nats.server.NatsState;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code treadle up}: starts a node and keeps it until it is told to stop. */
final class Up {
    private static final String JSON = "--json";

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
        UpReport report =
                List.of(arguments).contains(JSON) ? new UpJson(out, err) : new UpText(out, err);
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
            return serve(flags, report);
        } catch (UpFlags.Wrong e) {
            report.wrong(String.valueOf(e.getMessage()));
            return 2;
        } catch (ConfigReader.Invalid
                | FileStoreException
                | IllegalStateException
                | IOException e) {
            report.failed(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private int serve(UpFlags flags, UpReport report)
            throws ConfigReader.Invalid, IOException, InterruptedException {
        Node node = new Node(ConfigReader.read(flags, environment), report::nats);
        CountDownLatch told = new CountDownLatch(1);
        StopSignals.onStop(told::countDown);
        try {
            node.start(flags.has("--samples") ? Optional.of(sampleFolder()) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
        report.ready(ready(node));
        if (node.nats().phase() == NatsState.Phase.OFF) {
            report.nats(node.nats().detail());
        }
        node.joinNats();
        told.await();
        node.close();
        return 0;
    }

    private static UpReport.Ready ready(Node node) {
        // The process may be older: the script that became it may have built everything first.
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new UpReport.Ready(
                System.currentTimeMillis() - began,
                node.httpUrl(),
                node.adminUrl(),
                others(node),
                node.data().toString(),
                node.warnings());
    }

    private static Map<String, String> others(Node node) {
        Map<String, String> others = new LinkedHashMap<>();
        node.oipUrl().ifPresent(url -> others.put("oip", url));
        node.oipGrpcAddress().ifPresent(address -> others.put("oip-grpc", address));
        node.grpcAddress().ifPresent(address -> others.put("grpc", address));
        return others;
    }

    private static Path sampleFolder() {
        return Path.of(System.getProperty("treadle.home", "."), "samples");
    }
}
