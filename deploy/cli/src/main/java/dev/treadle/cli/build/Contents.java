package dev.treadle.cli.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a build made, before it is named and packed.
 *
 * @param entries the artifact's files by name
 * @param packed the jar as it was found, when it is to be sent as it is
 * @param manifest where a function.yaml was found
 * @param steps what was done, for people
 * @param warnings for people
 */
record Contents(
        SortedMap<String, byte[]> entries,
        Optional<byte[]> packed,
        Optional<ManifestText> manifest,
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

    /** The file name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
