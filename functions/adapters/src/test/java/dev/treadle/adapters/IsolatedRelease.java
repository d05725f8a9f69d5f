package dev.treadle.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Handler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A function in a loader as a node makes it: the parent shows the JDK and {@code dev.treadle} only;
 * the function's jar, the vendor's jars and, last, the adapters are its own.
 */
final class IsolatedRelease implements AutoCloseable {
    private final URLClassLoader loader;

    /**
     * @param folder where the function's jar is built
     * @param classes the package of the handlers, e.g. {@code acme/lambda}
     * @param vendor a class of each jar that the function brings along
     */
    IsolatedRelease(Path folder, String classes, Class<?>... vendor) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(jar(folder.resolve("function.jar"), classes).toUri().toURL());
        for (Class<?> each : vendor) {
            urls.add(home(each));
        }
        urls.add(home(Adapters.class));
        loader = new URLClassLoader(urls.toArray(URL[]::new), new ApiOnly());
    }

    /** Makes a handler and adapts it, as a node would. */
    Handler handler(String className) throws Exception {
        Object made = loader.loadClass(className).getConstructor().newInstance();
        assertThat(made).isNotInstanceOf(Handler.class);
        Class<?> adapters = loader.loadClass("dev.treadle.adapters.Adapters");
        assertThat(adapters.getClassLoader()).isSameAs(loader);
        Object adapted = adapters.getMethod("adapt", Object.class).invoke(null, made);
        return (Handler) ((Optional<?>) adapted).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static Path jar(Path jar, String classes) throws IOException {
        Path root = Path.of(URI.create(home(IsolatedRelease.class).toString()));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(root.resolve(classes))) {
            found.filter(Files::isRegularFile).forEach(each -> add(out, root, each));
        }
        return jar;
    }

    private static void add(JarOutputStream out, Path root, Path file) {
        try {
            out.putNextEntry(new JarEntry(root.relativize(file).toString()));
            Files.copy(file, out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static final class ApiOnly extends ClassLoader {
        ApiOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.treadle.")
                    && name.lastIndexOf('.') == "dev.treadle".length()) {
                return Class.forName(name, false, IsolatedRelease.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
