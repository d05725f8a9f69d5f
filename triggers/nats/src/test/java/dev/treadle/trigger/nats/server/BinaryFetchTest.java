package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryFetchTest {
    private static final String NAME = "nats-server-v" + ReleaseDownload.VERSION + "-any";

    private final List<String> notices = new ArrayList<>();
    @TempDir Path folder;
    private HttpServer releases;
    private byte[] archive;

    @BeforeEach
    void aPlaceWithReleases() throws Exception {
        archive = archive();
        releases = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(NAME + ".tar.gz", archive);
        releases.start();
    }

    @AfterEach
    void stop() {
        releases.stop(0);
    }

    @Test
    void aReleaseWithTheKnownChecksumIsTaken() throws Exception {
        NatsBinary binary = fetch(Map.of("any", sha256()));

        assertThat(binary.path()).isEqualTo(folder.resolve("bin/nats-server")).isExecutable();
        assertThat(binary.version()).isEqualTo(ReleaseDownload.VERSION);
        assertThat(folder.resolve("bin")).isDirectoryNotContaining("glob:**/.fetch-*");
        assertThat(notices)
                .containsExactly(
                        "fetching nats-server: the official release %s for any"
                                .formatted(ReleaseDownload.VERSION),
                        "fetched nats-server %s to %s"
                                .formatted(ReleaseDownload.VERSION, folder.resolve("bin")));
    }

    @Test
    void aReleaseIsCheckedAgainstItsOwnListWhereNoChecksumIsKnown() throws Exception {
        serve(
                "SHA256SUMS",
                "%s  %s.tar.gz%n".formatted(sha256(), NAME).getBytes(StandardCharsets.UTF_8));

        assertThat(fetch(Map.of()).version()).isEqualTo(ReleaseDownload.VERSION);
    }

    @Test
    void aReleaseWithAnotherChecksumIsRefused() {
        assertThatThrownBy(() -> fetch(Map.of("any", "0".repeat(64))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its checksum is wrong: expected 000")
                .hasMessageStartingWith("no nats-server is on the PATH, and none could be fetched");
        assertThat(folder.resolve("bin/nats-server")).doesNotExist();
    }

    @Test
    void thePlacesAreAskedInOrderAndEachSaysWhyItHasNone() throws Exception {
        BinarySource none =
                new BinarySource() {
                    @Override
                    public String what() {
                        return "nowhere";
                    }

                    @Override
                    public Path fetch(Path empty) throws IOException {
                        throw new IOException("there is nothing");
                    }
                };

        fetch(List.of(none, download(Map.of("any", sha256()))));

        assertThat(notices).contains("not had from nowhere: there is nothing");
    }

    private NatsBinary fetch(Map<String, String> checksums) throws Exception {
        return fetch(List.of(download(checksums)));
    }

    private NatsBinary fetch(List<BinarySource> sources) throws Exception {
        return new BinaryFetch(folder.resolve("bin"), sources, notices::add).fetch();
    }

    private ReleaseDownload download(Map<String, String> checksums) {
        URI place = URI.create("http://127.0.0.1:%d/".formatted(releases.getAddress().getPort()));
        return new ReleaseDownload(place, checksums, "any");
    }

    private void serve(String file, byte[] content) {
        releases.createContext(
                "/v%s/%s".formatted(ReleaseDownload.VERSION, file),
                exchange -> {
                    exchange.sendResponseHeaders(200, content.length);
                    exchange.getResponseBody().write(content);
                    exchange.close();
                });
    }

    private String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    }

    /** A release whose program is a script that knows its version. */
    private byte[] archive() throws Exception {
        Path program = Files.createDirectories(folder.resolve(NAME)).resolve("nats-server");
        Files.writeString(
                program, "#!/bin/sh%necho nats-server: v%s%n".formatted(ReleaseDownload.VERSION));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path packed = folder.resolve("packed.tar.gz");
        Commands.run(
                folder, Duration.ofSeconds(10), Map.of(), "tar", "-czf", packed.toString(), NAME);
        return Files.readAllBytes(packed);
    }
}
