package dev.treadle.cli.build;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what javac writes in memory, and shows it the classes of an earlier run as if they were on
 * the class path. Not for sharing among threads.
 */
final class MemoryClasses extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, byte[]> visible;
    private final Map<Path, Map<String, byte[]>> written = new LinkedHashMap<>();

    /**
     * @param visible by binary name; classes that the sources at hand may refer to
     */
    MemoryClasses(StandardJavaFileManager files, Map<String, byte[]> visible) {
        super(files);
        this.visible = visible;
    }

    /** Classes by binary name, by the source that they come from. */
    Map<Path, Map<String, byte[]>> written() {
        return written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location,
            String className,
            JavaFileObject.Kind kind,
            @Nullable FileObject sibling) {
        Path source = sibling == null ? Path.of("") : fileManager.asPath(sibling);
        return new Output(className, written.computeIfAbsent(source, _ -> new LinkedHashMap<>()));
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        Iterable<JavaFileObject> listed = super.list(location, packageName, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH || visible.isEmpty()) {
            return listed;
        }
        List<JavaFileObject> all = new ArrayList<>();
        visible.forEach(
                (name, bytes) -> {
                    if (packageOf(name).equals(packageName)) {
                        all.add(new Input(name, bytes));
                    }
                });
        StreamSupport.stream(listed.spliterator(), false).forEach(all::add);
        return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Input input ? input.name : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        boolean inMemory = a instanceof SimpleJavaFileObject || b instanceof SimpleJavaFileObject;
        return inMemory ? a.equals(b) : super.isSameFile(a, b);
    }

    /** The shared file manager outlives a run of the compiler. */
    @Override
    public void close() {}

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    private static URI uri(String className) {
        return URI.create("memory:///" + className.replace('.', '/') + ".class");
    }

    private static final class Output extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, byte[]> target;

        Output(String name, Map<String, byte[]> target) {
            super(uri(name), JavaFileObject.Kind.CLASS);
            this.name = name;
            this.target = target;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    target.put(name, toByteArray());
                }
            };
        }
    }

    private static final class Input extends SimpleJavaFileObject {
        private final String name;
        private final byte[] bytes;

        Input(String name, byte[] bytes) {
            super(uri(name), JavaFileObject.Kind.CLASS);
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
