package dev.treadle.benchmarks.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The packed Treadle that is measured.
 *
 * @param home its folder
 * @param javaHome the JDK that runs it, and the controls
 */
public record Distribution(Path home, Path javaHome) {
    String java() {
        return javaHome.resolve("bin/java").toString();
    }

    public Path launcher() {
        return home.resolve("bin/treadle");
    }

    /** The argument that gives a JVM the options of a node's. */
    String nodeOptions() {
        return "@" + home.resolve("bin/jvm-node.args");
    }

    /** Starts a node as a user does, with the AOT cache that was made at build time. */
    List<String> nodeByLauncher() {
        return List.of(launcher().toString(), "up");
    }

    /** Starts a node without an AOT cache. */
    List<String> nodeWithoutCache(Path userHome) {
        return List.of(
                java(),
                nodeOptions(),
                "-Dtreadle.home=" + home,
                "-Duser.home=" + userHome,
                "-cp",
                home.resolve("app.jar").toString(),
                "dev.treadle.server.Main");
    }
}
