package dev.treadle.it;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events while nodes and servers are killed, as {@code kill -9} does it. */
class KillRoundsIT {
    @TempDir Path folder;

    @Test
    void noEventIsLostAndNoneWorksTwiceWithTwoNodesAndAServerOfTheirOwn() throws Exception {
        try (NatsProcess server = NatsProcess.start(NatsRelease.CURRENT, made("server"));
                MortalNode one = new MortalNode(made("one"), "--nats", server.url());
                MortalNode two = new MortalNode(made("two"), "--nats", server.url());
                KillRounds rounds = new KillRounds("two nodes", server.url(), 9, 1_500)) {
            rounds.run(List.of(one, two, new Server(server)));

            one.kill();
            rounds.count();
        }
    }

    @Test
    void noEventIsLostAndNoneWorksTwiceWithANodeThatManagesItsServer() throws Exception {
        int port = freePort();
        Path home = made("managed");
        Path bin = Files.createDirectories(home.resolve("home/.treadle/bin"));
        Files.createSymbolicLink(bin.resolve("nats-server"), NatsRelease.CURRENT.require());
        try (MortalNode node = new MortalNode(home, "--nats", "managed", "--nats-port", "" + port);
                KillRounds rounds =
                        new KillRounds("managed", "nats://127.0.0.1:" + port, 6, 1_100)) {
            rounds.run(List.of(node, new ManagedServer(home.resolve(".treadle/nats/pid"))));

            rounds.count();
        }
    }

    private Path made(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A node that is started again on its data folder after it was killed. */
    private static final class MortalNode implements KillRounds.Victim, AutoCloseable {
        private final Distribution distribution;
        private final String[] options;
        private TreadleProcess node;

        MortalNode(Path folder, String... options) throws Exception {
            this.distribution = new Distribution(folder);
            this.options = options;
            this.node = TreadleProcess.up(distribution, options);
            Eventually.holds(() -> node.output().contains("nats://127.0.0.1:"));
            KillRounds.deploy(distribution, node);
        }

        @Override
        public String name() {
            return "the node " + distribution.folder().getFileName();
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
