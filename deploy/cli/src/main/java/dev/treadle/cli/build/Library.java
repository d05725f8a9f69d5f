package dev.treadle.cli.build;

import java.nio.file.Path;
import java.util.Set;

/**
 * A dependency as Maven resolved it.
 *
 * @param scope compile, runtime, provided, test or system
 * @param file where it lies in the local repository
 */
record Library(String group, String artifact, String scope, Path file) {
    private static final Set<String> TO_COMPILE = Set.of("compile", "provided", "system");
    private static final Set<String> TO_RUN = Set.of("compile", "runtime");

    boolean isForCompiling() {
        return TO_COMPILE.contains(scope);
    }

    /** Whether the artifact must hold it. The node has the API itself. */
    boolean isForRunning() {
        return TO_RUN.contains(scope) && !Coordinates.isApi(group, artifact);
    }

    /** Its place in the artifact; with the group, since two groups may use one name. */
    String entryName() {
        return "lib/" + group + "." + file.getFileName();
    }
}
