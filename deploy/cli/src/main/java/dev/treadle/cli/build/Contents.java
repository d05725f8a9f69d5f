package dev.treadle.cli.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build made, before it is named and packed.
 *
 * @param entries the artifact's files by name
 * @param packed the jar as it was found, when it is to be sent as it is
 * @param manifest where a function.yaml was found
 * @param nameHint what the function is called when no handler class says it better
 * @param steps what was done, for people
 * @param warnings for people
 */
record Contents(
        SortedMap<String, byte[]> entries,
        Optional<byte[]> packed,
        Optional<ManifestText> manifest,
        String nameHint,
        List<String> steps,
        List<String> warnings) {
    /** Its name in an artifact. */
    static final String MANIFEST = "function.yaml";

    /**
     * A manifest as it was written.
     *
     * @param shown where it stands, for people
     */
    record ManifestText(String shown, String yaml) {}

    /** Class files at the top, by binary name. */
    SortedMap<String, byte[]> classes() {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        entries.forEach(
                (name, bytes) -> {
                    if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                        classes.put(
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'),
                                bytes);
                    }
                });
        return classes;
    }

    /** The file name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
