package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A compiler that stays while its class path does. Not for sharing among threads. */
final class WarmCompiler implements AutoCloseable {
    private final CompileErrors errors;
    private List<Path> classPath = List.of();
    private Optional<SourceCompiler> compiler = Optional.empty();

    WarmCompiler(Environment environment) {
        this.errors = new CompileErrors(environment);
    }

    /**
     * Compiles {@code sources} against the API and {@code libraries}.
     *
     * @throws CompileFailure when they do not compile
     */
    CompileResult.Compiled compile(List<Path> sources, List<Path> libraries) throws IOException {
        return switch (compilerFor(libraries).compile(sources)) {
            case CompileResult.Compiled compiled -> compiled;
            case CompileResult.Rejected rejected -> throw new CompileFailure(rejected);
        };
    }

    /**
     * Runs the compiler a few times for nothing, so that the JVM has it compiled for the next save.
     */
    void warmUp() {
        compiler.ifPresent(SourceCompiler::warmUp);
    }

    @Override
    public void close() {
        compiler.ifPresent(SourceCompiler::close);
    }

    private SourceCompiler compilerFor(List<Path> libraries) {
        List<Path> wanted = new ArrayList<>(libraries);
        wanted.add(ApiJar.path());
        if (compiler.isEmpty() || !classPath.equals(wanted)) {
            close();
            compiler = Optional.of(new SourceCompiler(wanted, errors));
            classPath = wanted;
        }
        return compiler.get();
    }
}
