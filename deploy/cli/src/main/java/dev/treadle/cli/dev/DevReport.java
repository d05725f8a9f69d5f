package dev.treadle.cli.dev;

import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.console.Failure;
import java.util.List;
import java.util.Set;

/** Hears what happens while developing. Called by several threads. */
public interface DevReport {
    /** The first release is live. */
    void live(String release, List<String> urls, List<String> inferred);

    /** A save is live. */
    void served(Set<String> files, String release, Timing timing, boolean mended);

    /** A save changed nothing that is deployed. */
    void unchanged(Set<String> files, String release);

    /** The sources do not compile. */
    void broken(CompileFailure failure, String serving);

    /** Something else is in the way. */
    void refused(Failure failure, String serving);

    /** The function, or the platform on its behalf, logged a line. */
    void log(String json);

    /** Something to know that is no failure. */
    void warn(String text);
}
