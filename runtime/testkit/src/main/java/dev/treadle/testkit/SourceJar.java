package dev.treadle.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A function's jar, made from one source text that need not import anything of the API or of {@code
 * java.util}.
 *
 * @param entry the first public class
 * @param bytes the jar
 */
public record SourceJar(String entry, byte[] bytes) {
    private static final Pattern CLASS =
            Pattern.compile("public (?:final |abstract )*class (\\w+)");
    private static final String IMPORTS =
            """
            import dev.treadle.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;
            """;

    /**
     * Compiles a source text.
     *
     * @throws IllegalArgumentException when it does not compile
     */
    public static SourceJar compile(String source) throws IOException {
        Matcher name = CLASS.matcher(source);
        if (!name.find()) {
            throw new IllegalArgumentException("no public class in: " + source);
        }
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                javac.getTask(
                                null,
                                new InMemory(
                                        javac.getStandardFileManager(null, null, null), classes),
                                null,
                                List.of("--release", "21"),
                                null,
                                List.of(text(name.group(1), IMPORTS + source)))
                        .call();
        if (!compiled) {
            throw new IllegalArgumentException("does not compile: " + source);
        }
        return new SourceJar(name.group(1), zip(classes));
    }

    private static JavaFileObject text(String className, String source) {
        URI uri = URI.create("string:///" + className + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static byte[] zip(Map<String, ByteArrayOutputStream> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, ByteArrayOutputStream> each : classes.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey().replace('.', '/') + ".class");
                entry.setTime(0); // the same source is the same jar, whenever it is made
                zip.putNextEntry(entry);
                zip.write(each.getValue().toByteArray());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Keeps what javac writes. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("mem:///" + className + ".class");
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
