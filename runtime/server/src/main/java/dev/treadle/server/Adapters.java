package dev.treadle.server;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Where the adapters' classes are: they are loaded anew inside each release's own loader. */
final class Adapters {
    private Adapters() {}

    static List<Path> classPath() {
        try {
            return List.of(
                    Path.of(
                            dev.treadle.adapters.Adapters.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the adapters' place is no path", e);
        }
    }
}
