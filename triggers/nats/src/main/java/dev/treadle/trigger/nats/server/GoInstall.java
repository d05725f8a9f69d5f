package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Built from source, where Go is. */
final class GoInstall implements BinarySource {
    private static final Duration BUILD_MAX = Duration.ofMinutes(10);

    @Override
    public String what() {
        return "go install, version " + ReleaseDownload.VERSION;
    }

    @Override
    public Path fetch(Path folder) throws IOException, InterruptedException {
        Path go =
                Commands.find("go", Path.of("/usr/local/go/bin"))
                        .orElseThrow(() -> new IOException("there is no Go here"));
        Commands.run(
                folder,
                BUILD_MAX,
                Map.of("GOBIN", folder.toString(), "GOFLAGS", "-mod=mod", "CGO_ENABLED", "0"),
                go.toString(),
                "install",
                "github.com/nats-io/nats-server/v2@v" + ReleaseDownload.VERSION);
        return folder.resolve("nats-server");
    }
}
