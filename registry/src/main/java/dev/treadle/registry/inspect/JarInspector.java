package dev.treadle.registry.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into an artifact: a jar, or a folder of classes. Reads class files, loads none. What comes
 * from anybody is read within bounds.
 */
public final class JarInspector {
    /** Where a manifest lies in an artifact. */
    public static final String MANIFEST = "function.yaml";

    private static final int EXITS_SHOWN_MAX = 5;
    private static final System.Logger LOG = System.getLogger(JarInspector.class.getName());

    private final Path artifact;
    private final String label;
    private final Budget budget;
    private final Map<String, ClassFacts> own = new TreeMap<>();
    private final List<String> exits = new ArrayList<>();
    private @Nullable String manifest;

    private JarInspector(Path artifact, String label, long bytesMax) {
        this.artifact = artifact;
        this.label = label;
        this.budget = new Budget(label, bytesMax);
    }

    /**
     * Looks into an artifact, which is called by its file's name in messages.
     *
     * @throws ArtifactException when it is no artifact, or cannot run here
     */
    public static Inspection inspect(Path artifact) {
        Path name = artifact.toAbsolutePath().normalize().getFileName();
        return inspect(artifact, name == null ? artifact.toString() : name.toString());
    }

    /**
     * As {@link #inspect(Path)}.
     *
     * @param label what to call the artifact in messages
     */
    public static Inspection inspect(Path artifact, String label) {
        return inspect(artifact, label, Budget.BYTES_MAX);
    }

    static Inspection inspect(Path artifact, String label, long bytesMax) {
        return new JarInspector(artifact, label, bytesMax).inspect();
    }

    private Inspection inspect() {
        read(this::lookAt);
        if (!exits.isEmpty()) {
            throw new ArtifactException(
                    "%s would end the node and every function on it: %s. Throw an exception instead."
                            .formatted(label, some(exits)));
        }
        return new Inspection(
                label,
                Files.isDirectory(artifact) ? "folder" : "jar",
                Optional.ofNullable(manifest),
                new ClassIndex(own, this::libraries));
    }

    private static String some(List<String> all) {
        String shown = String.join(", ", all.subList(0, Math.min(EXITS_SHOWN_MAX, all.size())));
        int more = all.size() - EXITS_SHOWN_MAX;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private void lookAt(String name, InputStream bytes) throws IOException {
        budget.entry();
        if (name.equals(MANIFEST)) {
            manifest = new String(budget.readFile(bytes, name), StandardCharsets.UTF_8);
        } else if (Names.isClass(name)) {
            byte[] file = budget.readFile(budget.counted(bytes), name);
            add(name, file, own);
            exits.addAll(ExitCalls.in(file));
        }
    }

    /**
     * A class that lies where no loader looks for it, such as WEB-INF/classes, is not there for us.
     */
    private static void add(String file, byte[] bytes, Map<String, ClassFacts> classes) {
        String name = Names.className(file);
        ClassFacts facts = ClassFacts.read(bytes, name);
        if (facts.name().equals(name)) {
            classes.putIfAbsent(name, facts);
        }
    }

    /** The classes of {@code lib/*.jar}; only read when a class of the artifact leads there. */
    private Map<String, ClassFacts> libraries() {
        Map<String, ClassFacts> found = new HashMap<>();
        read(
                (name, bytes) -> {
                    if (Names.isLibrary(name)) {
                        library(name, bytes, found);
                    }
                });
        return found;
    }

    private void library(String library, InputStream bytes, Map<String, ClassFacts> found)
            throws IOException {
        ZipInputStream zip = new ZipInputStream(budget.counted(bytes));
        InputStream inflated = budget.counted(zip);
        String libraryLabel = library + " in " + label;
        int entries = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            entries++;
            budget.entry();
            Names.check(entry.getName(), libraryLabel);
            if (Names.isClass(entry.getName())) {
                byte[] file = budget.readFile(inflated, entry.getName());
                addIfReadable(entry.getName(), file, found);
            } else {
                inflated.transferTo(OutputStream.nullOutputStream());
            }
        }
        if (entries == 0) {
            throw new ArtifactException(libraryLabel + " is not a jar. Build the artifact again.");
        }
    }

    /** A library may hold classes for newer Javas, or for none, that nobody needs. */
    private static void addIfReadable(String file, byte[] bytes, Map<String, ClassFacts> classes) {
        try {
            add(file, bytes, classes);
        } catch (ArtifactException e) {
            LOG.log(System.Logger.Level.DEBUG, "passed over a class of a library", e);
        }
    }

    private void read(Contents.Visitor visitor) {
        try (Contents contents =
                Files.isDirectory(artifact)
                        ? new FolderContents(artifact)
                        : new ZipContents(artifact, label)) {
            contents.forEach(visitor);
        } catch (ZipException e) {
            throw new ArtifactException(
                    "%s is not a jar, or is damaged (%s). Build it again."
                            .formatted(label, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new ArtifactException("%s cannot be read: %s.".formatted(label, e), e);
        }
    }
}
