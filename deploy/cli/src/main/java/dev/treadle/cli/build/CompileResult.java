package dev.treadle.cli.build;

import java.util.List;
import java.util.SortedMap;

/** What came of compiling. */
sealed interface CompileResult {
    /**
     * All is well.
     *
     * @param classes by binary name
     * @param warnings as javac writes them
     */
    record Compiled(SortedMap<String, byte[]> classes, List<String> warnings)
            implements CompileResult {}

    /**
     * @param errors as javac writes them, with file, line and caret
     */
    record Rejected(List<String> errors, int count) implements CompileResult {}
}
