package dev.treadle.trigger.nats.server;

import java.nio.file.Path;
import java.util.OptionalInt;

/** A process that starts a managed server and then does nothing more, until it is killed. */
final class MortalNode {
    private MortalNode() {}

    public static void main(String[] arguments) throws Exception {
        try (ManagedNatsServer server =
                new ManagedNatsServer(
                        NatsBinary.at(Path.of(arguments[0])),
                        Path.of(arguments[1]),
                        new NatsSettings.Managed(OptionalInt.of(0), Durability.INTERVAL, true),
                        System.out::println)) {
            server.start();
            server.awaitReady();
            Thread.currentThread().join();
        }
    }
}
