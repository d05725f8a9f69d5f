package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The official release. For Linux its checksums are known here (those of the official container
 * image); for other systems they are the ones that the release publishes beside its files.
 */
final class ReleaseDownload implements BinarySource {
    static final ServerVersion VERSION = new ServerVersion(2, 14, 5);
    private static final URI RELEASES =
            URI.create("https://github.com/nats-io/nats-server/releases/download/");
    private static final Map<String, String> CHECKSUMS =
            Map.of(
                    "linux-amd64",
                    "5e3b603d47c447bda1f77f9ac16dbf91c90aac4ff3681f8fbbc7201e4ed99355",
                    "linux-arm64",
                    "673a98d3faa79dde3f9ebf16d6dfac36a5f694e7ad2015e4954dd7939c85cd4c");
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration DOWNLOAD_MAX = Duration.ofMinutes(2);

    private final URI releases;
    private final Map<String, String> checksums;
    private final String platform;

    ReleaseDownload() {
        this(RELEASES, CHECKSUMS, platform());
    }

    ReleaseDownload(URI releases, Map<String, String> checksums, String platform) {
        this.releases = releases;
        this.checksums = checksums;
        this.platform = platform;
    }

    @Override
    public String what() {
        return "the official release %s for %s".formatted(VERSION, platform);
    }

    @Override
    public Path fetch(Path folder) throws IOException, InterruptedException {
        String name = "nats-server-v%s-%s".formatted(VERSION, platform);
        Path archive = folder.resolve(name + ".tar.gz");
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            String expected = checksum(client, archive.getFileName().toString());
            get(
                    client,
                    archive.getFileName().toString(),
                    HttpResponse.BodyHandlers.ofFile(archive));
            String found = sha256(archive);
            if (!found.equals(expected)) {
                throw new IOException(
                        "its checksum is wrong: expected %s, found %s".formatted(expected, found));
            }
        }
        Commands.run(
                folder, DOWNLOAD_MAX, Map.of(), "tar", "-xzf", archive.getFileName().toString());
        return folder.resolve(name).resolve("nats-server");
    }

    private String checksum(HttpClient client, String file)
            throws IOException, InterruptedException {
        String known = checksums.get(platform);
        if (known != null) {
            return known;
        }
        String all = get(client, "SHA256SUMS", HttpResponse.BodyHandlers.ofString());
        return all.lines()
                .map(line -> line.strip().split("\\s+\\*?"))
                .filter(words -> words.length == 2 && words[1].equals(file))
                .map(words -> words[0])
                .findFirst()
                .orElseThrow(() -> new IOException("the release has no " + file));
    }

    private <T> T get(HttpClient client, String file, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        URI place = releases.resolve("v%s/%s".formatted(VERSION, file));
        HttpRequest request = HttpRequest.newBuilder(place).timeout(DOWNLOAD_MAX).build();
        HttpResponse<T> response;
        try {
            response = client.send(request, body);
        } catch (IOException e) {
            throw new IOException("%s cannot be reached".formatted(place.getHost()), e);
        }
        if (response.statusCode() != 200) {
            throw new IOException("%s answered %d".formatted(place, response.statusCode()));
        }
        return response.body();
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** As the release's files are named. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "darwin" : os.split(" ")[0])
                + "-"
                + switch (arch) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> arch;
                };
    }
}
