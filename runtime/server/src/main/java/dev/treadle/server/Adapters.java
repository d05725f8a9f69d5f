package dev.treadle.server;

import java.nio.file.Path;
import java.util.List;

/** Where the adapters' classes are: they are loaded anew inside each release's own loader. */
final class Adapters {
    private Adapters() {}

    static List<Path> classPath() {
        return List.of();
    }
}
