package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The package of Debian or Ubuntu, unpacked without being installed: no root is needed. */
final class DistributionPackage implements BinarySource {
    private static final Duration DOWNLOAD_MAX = Duration.ofMinutes(2);

    @Override
    public String what() {
        return "the distribution's package";
    }

    @Override
    public Path fetch(Path folder) throws IOException, InterruptedException {
        for (String tool : new String[] {"apt-get", "dpkg"}) {
            if (Commands.find(tool).isEmpty()) {
                throw new IOException("there is no %s here".formatted(tool));
            }
        }
        Commands.run(folder, DOWNLOAD_MAX, Map.of(), "apt-get", "download", "nats-server");
        Commands.run(folder, DOWNLOAD_MAX, Map.of(), "dpkg", "-x", archive(folder).toString(), ".");
        return folder.resolve("usr/sbin/nats-server");
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("apt-get brought no package"));
        }
    }
}
