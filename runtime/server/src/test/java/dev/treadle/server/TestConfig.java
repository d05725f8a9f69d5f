package dev.treadle.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A {@code treadle.yaml} of a test. */
final class TestConfig {
    private TestConfig() {}

    /** Reads this, from a file in the folder, with no variable set. */
    static NodeConfig read(Path folder, String yaml) throws Exception {
        return ConfigReader.read(
                UpFlags.parse("--config", file(folder, yaml).toString()), Map.of());
    }

    static Path file(Path folder, String yaml) throws IOException {
        return Files.writeString(folder.resolve("treadle.yaml"), yaml);
    }
}
