package dev.treadle.it;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Events and calls while nodes and servers are killed, as {@code kill -9} does it. Two tests run at
 * a time: most of it they wait for what a killed node held to be handed out again.
 */
class KillRoundsIT {
    @TempDir Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void noEventIsLostAndNoneWorksTwiceWithTwoNodesAndAServerOfTheirOwn() throws Exception {
        twoNodes(Derive.EVENTS, 5, 1_500);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void noEventOvertakesAnotherOfItsKey() throws Exception {
        twoNodes(Derive.EVENTS_BY_KEY, 4, 600);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void noCallIsLostThatWasAccepted() throws Exception {
        twoNodes(Derive.CALLS, 4, 400);
    }

    private void twoNodes(Derive function, int count, int perRound) throws Exception {
        try (NatsProcess server = NatsProcess.start(NatsRelease.CURRENT, made("server"));
                MortalNode one = new MortalNode(function, made("one"), "--nats", server.url());
                MortalNode two = new MortalNode(function, made("two"), "--nats", server.url());
                KillRounds rounds =
                        new KillRounds(
                                function, "two nodes, " + function, server.url(), count, perRound);
                Load load =
                        function.isOfEvents()
                                ? rounds.events()
                                : new CallLoad(List.of(one::derive, two::derive))) {
            rounds.run(load, List.of(one, two, new Server(server)));

            if (function.isOfEvents()) {
                one.kill();
            }
            rounds.count(load);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void noEventIsLostAndNoneWorksTwiceWithANodeThatManagesItsServer() throws Exception {
        int port = FreePort.next();
        Path home = made("managed");
        Path bin = Files.createDirectories(home.resolve("home/.treadle/bin"));
        Files.createSymbolicLink(bin.resolve("nats-server"), NatsRelease.CURRENT.require());
        String[] options = {"--nats", "managed", "--nats-port", "" + port};
        try (MortalNode node = new MortalNode(Derive.EVENTS, home, options);
                KillRounds rounds =
                        new KillRounds(
                                Derive.EVENTS, "managed", "nats://127.0.0.1:" + port, 4, 1_100);
                Load load = rounds.events()) {
            rounds.run(load, List.of(node, new ManagedServer(home.resolve(".treadle/nats/pid"))));

            rounds.count(load);
        }
    }

    private Path made(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    /** A node that is started again on its data folder after it was killed. */
    private static final class MortalNode implements KillRounds.Victim, AutoCloseable {
        private final Distribution distribution;
        private final String[] options;
        private volatile TreadleProcess node;

        MortalNode(Derive function, Path folder, String... options) throws Exception {
            this.distribution = new Distribution(folder);
            this.options = options;
            this.node = TreadleProcess.up(distribution, options);
            try {
                Eventually.holds(() -> node.output().contains("nats://127.0.0.1:"));
                function.deploy(distribution, node);
            } catch (Exception | Error e) {
                node.close(); // nobody else knows of it yet
                throw e;
            }
        }

        @Override
        public String name() {
            return "the node " + distribution.folder().getFileName();
        }

        /** Where the function is called. */
        URI derive() {
            return node.http("/derive");
        }

        void kill() throws InterruptedException {
            node.kill();
        }

        @Override
        public void killAndRevive() throws Exception {
            node.kill();
            node = TreadleProcess.up(distribution, options);
        }

        @Override
        public void close() throws InterruptedException {
            node.close();
        }
    }

    /** A server that the test starts again on its store. */
    private record Server(NatsProcess process) implements KillRounds.Victim {
        @Override
        public String name() {
            return "the server";
        }

        @Override
        public void killAndRevive() throws Exception {
            process.kill();
            process.startAgain();
        }
    }

    /** A server that its node starts again. */
    private record ManagedServer(Path pid) implements KillRounds.Victim {
        @Override
        public String name() {
            return "the managed server";
        }

        @Override
        public void killAndRevive() {
            Eventually.holds(() -> !text().isEmpty());
            String before = text();
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(before));
            process.orElseThrow().destroyForcibly();
            Eventually.holds(() -> !text().isEmpty() && !text().equals(before));
        }

        /** Empty while there is none: the node takes the file away between two servers. */
        private String text() {
            try {
                return Files.readString(pid).strip();
            } catch (IOException e) {
                return "";
            }
        }
    }
}
