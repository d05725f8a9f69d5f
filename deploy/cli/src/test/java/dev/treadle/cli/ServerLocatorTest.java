package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.admin.Server;
import dev.treadle.cli.admin.ServerLocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerLocatorTest {
    private TestShell shell;

    @BeforeEach
    void start(@TempDir Path top) throws IOException {
        shell = new TestShell(top);
    }

    @Test
    void withoutAnythingItIsTheDefault() {
        assertThat(locate(Optional.empty()).url()).hasToString("http://127.0.0.1:8081");
    }

    @Test
    void theOptionComesFirstThenTheVariableThenTheNodeHere() throws IOException {
        nodeHere(ProcessHandle.current().pid());
        assertThat(locate(Optional.empty()).url()).hasToString("http://127.0.0.1:9991");

        shell.with("TREADLE_SERVER", "http://dc1:8081/");
        assertThat(locate(Optional.empty()).url()).hasToString("http://dc1:8081");

        assertThat(locate(Optional.of("dc2:8081")).url()).hasToString("http://dc2:8081");
    }

    @Test
    void aNodeThatDiedIsPassedOver() throws IOException {
        Process ended = new ProcessBuilder("true").start();
        ended.onExit().join();
        nodeHere(ended.pid());

        assertThat(locate(Optional.empty()).foundBy()).isEqualTo("the default");
    }

    @Test
    void theTokenOfTheNodeHereIsFound() throws IOException {
        nodeHere(ProcessHandle.current().pid());

        assertThat(token(Optional.empty())).isEqualTo("secret-here");
        assertThat(token(Optional.of("http://localhost:9991"))).isEqualTo("secret-here");
    }

    @Test
    void aTokenIsNeverSentToAnotherNode() throws IOException {
        nodeHere(ProcessHandle.current().pid());
        ownersFile("127.0.0.1_9991", "secret-owner");

        assertThat(token(Optional.of("http://127.0.0.1:7777"))).isEqualTo("none");
        assertThat(token(Optional.of("http://elsewhere:9991"))).isEqualTo("none");
    }

    @Test
    void theOwnersFileServesEveryFolder() throws IOException {
        ownersFile("127.0.0.1_8081", "secret-owner");

        assertThat(token(Optional.empty())).isEqualTo("secret-owner");
        assertThat(token(Optional.of("localhost:8081"))).isEqualTo("secret-owner");
    }

    @Test
    void theVariableStandsOverFiles() throws IOException {
        ownersFile("127.0.0.1_8081", "secret-owner");
        shell.with("TREADLE_TOKEN", "secret-variable");

        assertThat(token(Optional.empty())).isEqualTo("secret-variable");
    }

    private void nodeHere(long pid) throws IOException {
        shell.write(
                ".treadle/node.json",
                """
                {"adminUrl":"http://127.0.0.1:9991","httpUrl":"http://127.0.0.1:9990","pid":%d}
                """
                        .formatted(pid));
        shell.write(".treadle/admin.token", "secret-here\n");
    }

    private void ownersFile(String name, String token) throws IOException {
        Path tokens = Files.createDirectories(shell.home().resolve(".treadle/tokens"));
        Files.writeString(tokens.resolve(name), token + "\n");
    }

    private String token(Optional<String> option) {
        return locate(option).token().map(Server.Token::value).orElse("none");
    }

    private Server locate(Optional<String> option) {
        var session = shell.session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        return new ServerLocator(session.environment()).locate(option);
    }
}
