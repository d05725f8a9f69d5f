package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles sources in this process, against one class path. The compiler and its view of the class
 * path stay warm from one run to the next, and a run compiles only what changed, as long as no
 * changed class looks different from outside. Not for sharing among threads.
 */
final class SourceCompiler implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of("-g", "-parameters", "-proc:none", "-Xlint:none");

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int WARM_UP_RUNS = 10;

    private final JavaCompiler javac;
    private final StandardJavaFileManager files;
    private final CompileErrors errors;
    private Map<Path, Stamp> stamps = Map.of();
    private Map<Path, Map<String, byte[]>> classes = Map.of();

    /** When a source was last written and how long it was. */
    private record Stamp(FileTime modified, long size) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    SourceCompiler(Collection<Path> classPath, CompileErrors errors) {
        this.errors = errors;
        javac =
                Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                        .orElseThrow(SourceCompiler::noCompiler);
        files = javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes of all {@code sources}. */
    CompileResult compile(List<Path> sources) throws IOException {
        Map<Path, Stamp> now = new HashMap<>();
        for (Path source : sources) {
            now.put(source, Stamp.of(source));
        }
        List<Path> changed =
                sources.stream()
                        .filter(source -> !Objects.equals(now.get(source), stamps.get(source)))
                        .toList();
        boolean someOnly = stamps.keySet().equals(now.keySet()) && changed.size() < sources.size();
        CompileResult result = someOnly ? compileSome(changed, sources) : compileAll(sources);
        if (result instanceof CompileResult.Compiled) {
            stamps = now;
        }
        return result;
    }

    /** Compiles all again, a few times, for no result. */
    void warmUp() {
        long end = System.nanoTime() + WARM_UP.toNanos();
        for (int i = 0; i < WARM_UP_RUNS && System.nanoTime() < end; i++) {
            run(List.copyOf(stamps.keySet()), Map.of());
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompileResult compileAll(List<Path> sources) {
        Run run = run(sources, Map.of());
        if (run.good()) {
            classes = run.classes();
        }
        return run.good() ? compiled(run) : run.rejected(errors);
    }

    private CompileResult compileSome(List<Path> changed, List<Path> all) {
        if (changed.isEmpty()) {
            return new CompileResult.Compiled(flat(classes), List.of());
        }
        Map<Path, Map<String, byte[]>> rest = new HashMap<>(classes);
        rest.keySet().removeAll(new HashSet<>(changed));
        Run run = run(changed, flat(rest));
        if (!run.good() || !looksTheSame(changed, run)) {
            return compileAll(all);
        }
        rest.putAll(run.classes());
        classes = rest;
        return compiled(run);
    }

    private boolean looksTheSame(List<Path> changed, Run run) {
        return changed.stream()
                .allMatch(
                        source -> {
                            Map<String, byte[]> before = classes.getOrDefault(source, Map.of());
                            Map<String, byte[]> after =
                                    run.classes().getOrDefault(source, Map.of());
                            return before.keySet().equals(after.keySet())
                                    && before.keySet().stream()
                                            .allMatch(
                                                    name ->
                                                            sameShape(
                                                                    before.get(name),
                                                                    after.get(name)));
                        });
    }

    private static boolean sameShape(byte @Nullable [] before, byte @Nullable [] after) {
        return before != null && after != null && ClassShape.same(before, after);
    }

    private CompileResult compiled(Run run) {
        return new CompileResult.Compiled(flat(classes), errors.lines(run.diagnostics()));
    }

    private static SortedMap<String, byte[]> flat(Map<Path, Map<String, byte[]>> bySource) {
        SortedMap<String, byte[]> flat = new TreeMap<>();
        for (Map<String, byte[]> each : bySource.values()) {
            flat.putAll(each);
        }
        return flat;
    }

    private record Run(
            boolean good,
            Map<Path, Map<String, byte[]>> classes,
            List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        CompileResult rejected(CompileErrors errors) {
            long count =
                    diagnostics.stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).count();
            return new CompileResult.Rejected(errors.lines(diagnostics), (int) count);
        }
    }

    private Run run(List<Path> sources, Map<String, byte[]> visible) {
        if (sources.isEmpty()) {
            return new Run(true, Map.of(), List.of());
        }
        MemoryClasses memory = new MemoryClasses(files, visible);
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        boolean good =
                javac.getTask(
                                Writer.nullWriter(),
                                memory,
                                diagnostics,
                                OPTIONS,
                                null,
                                files.getJavaFileObjectsFromPaths(sources))
                        .call();
        return new Run(good, memory.written(), diagnostics.getDiagnostics());
    }

    private static Failure noCompiler() {
        return Failure.failed(
                "this Java has no compiler",
                "Sources are compiled in this process, which takes a JDK 25, not a JRE.",
                "treadle doctor");
    }
}
