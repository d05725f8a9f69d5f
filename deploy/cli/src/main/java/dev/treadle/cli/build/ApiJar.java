package dev.treadle.cli.build;

import dev.treadle.Handler;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The jar of the author's API that this process runs with; sources are compiled against it. */
final class ApiJar {
    private ApiJar() {}

    static Path path() {
        try {
            return Path.of(
                    Handler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the API's place is no file", e);
        }
    }
}
