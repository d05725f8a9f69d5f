package dev.treadle.cli.build;

import java.util.List;

/** The sources do not compile. */
public final class CompileFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> errors;

    CompileFailure(CompileResult.Rejected rejected) {
        super(JavaBuild.plural(rejected.count(), "compile error", "compile errors"));
        errors = List.copyOf(rejected.errors());
    }

    /** As javac writes them. */
    public List<String> errors() {
        return errors;
    }

    /** Whether a library is missing. */
    public boolean isForWantOfLibrary() {
        return errors.stream()
                .anyMatch(line -> line.matches(".* error: package .+ does not exist"));
    }
}
