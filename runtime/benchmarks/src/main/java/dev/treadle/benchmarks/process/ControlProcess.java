package dev.treadle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the controls with the options that a node's JVM has. */
public final class ControlProcess {
    /** What it serves. */
    public static final String PATH = "/hello";

    private ControlProcess() {}

    /** Starts {@link RawJnats} against a NATS server. */
    public static ServerProcess startRawJnats(
            Distribution distribution, Path folder, NatsProcess nats) throws IOException {
        List<String> command = program(distribution, Cores.SHARED, List.of(), RawJnats.class);
        command.add(nats.url());
        return new ServerProcess(
                command, Map.of(), Files.createTempFile(folder, "control-", ".log"), 0);
    }

    /** Starts a control. */
    public static ServerProcess start(Distribution distribution, Cores cores, Path folder)
            throws IOException {
        return start(distribution, cores, folder, List.of());
    }

    /** Starts a control with an AOT cache, made on the first use. */
    public static ServerProcess startWithCache(Distribution distribution, Cores cores, Path folder)
            throws IOException {
        Path cache = folder.resolve("control.aot");
        if (!Files.exists(cache)) {
            try (ServerProcess training =
                    start(distribution, cores, folder, List.of("-XX:AOTCacheOutput=" + cache))) {
                training.awaitOk(PATH);
            }
        }
        return start(distribution, cores, folder, List.of("-XX:AOTCache=" + cache));
    }

    private static ServerProcess start(
            Distribution distribution, Cores cores, Path folder, List<String> more)
            throws IOException {
        int port = Ports.free();
        List<String> command = program(distribution, cores, more, BareHelidon.class);
        command.add(Integer.toString(port));
        return new ServerProcess(
                command, Map.of(), Files.createTempFile(folder, "control-", ".log"), port);
    }

    private static List<String> program(
            Distribution distribution, Cores cores, List<String> more, Class<?> main) {
        List<String> command = new ArrayList<>(cores.prefix());
        command.add(distribution.java());
        command.add(distribution.nodeOptions());
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
