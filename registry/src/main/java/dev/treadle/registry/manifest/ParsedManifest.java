package dev.treadle.registry.manifest;

import dev.treadle.registry.Manifest;
import java.util.List;

/** What came of reading a manifest. */
public sealed interface ParsedManifest {
    /** What is odd but does no harm, in the document's order. */
    List<Problem> warnings();

    /** The document is a manifest. */
    record Valid(Manifest manifest, List<Problem> warnings) implements ParsedManifest {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The document is none.
     *
     * @param errors all of them, in the document's order; never empty
     */
    record Invalid(List<Problem> errors, List<Problem> warnings) implements ParsedManifest {
        public Invalid {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
