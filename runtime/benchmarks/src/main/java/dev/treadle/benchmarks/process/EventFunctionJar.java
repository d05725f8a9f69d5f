package dev.treadle.benchmarks.process;

import dev.treadle.Handler;
import dev.treadle.registry.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A function on events: one class of ours, with a manifest.
 *
 * @param name the function's
 * @param manifest its {@code function.yaml}
 */
public record EventFunctionJar(String name, String manifest, byte[] bytes) implements Deployable {
    /**
     * Packs a class.
     *
     * @param settings what comes after name and entry in the manifest
     */
    public static EventFunctionJar of(
            String name, Class<? extends Handler> entry, String settings) {
        String manifest =
                "schema: 1\nname: %s\nentry: %s\n%s".formatted(name, entry.getName(), settings);
        return new EventFunctionJar(name, manifest, jar(entry));
    }

    private static byte[] jar(Class<?> entry) {
        String file = entry.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream code = entry.getClassLoader().getResourceAsStream(file)) {
            if (code == null) {
                throw new IOException("there is no " + file + " on the class path");
            }
            jar.putNextEntry(new JarEntry(file));
            code.transferTo(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Digest digest() {
        return Digest.of(bytes);
    }
}
