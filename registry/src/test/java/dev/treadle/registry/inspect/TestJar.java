package dev.treadle.registry.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds jars and folders of small classes, legal or not. */
final class TestJar {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    TestJar with(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    TestJar with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestJar with(TestClass type) {
        return with(type.name.replace('.', '/') + ".class", type.bytes());
    }

    /** A public class with a public constructor that implements the interfaces. */
    TestJar withHandler(String name, String... interfaces) {
        return with(new TestClass(name).implementing(interfaces));
    }

    Path writeTo(Path jar) throws IOException {
        Files.write(jar, bytes());
        return jar;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes);
        return bytes.toByteArray();
    }

    void unpackTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
    }

    private void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    /** A class to be. */
    static final class TestClass {
        private final String name;
        private int flags = ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER;
        private int constructorFlags = ClassFile.ACC_PUBLIC;
        private String superclass = "java.lang.Object";
        private final List<String> interfaces = new ArrayList<>();
        private int major = 65;
        private int minor;

        TestClass(String name) {
            this.name = name;
        }

        TestClass flags(int flags) {
            this.flags = flags;
            return this;
        }

        TestClass constructorFlags(int flags) {
            this.constructorFlags = flags;
            return this;
        }

        TestClass extending(String superclass) {
            this.superclass = superclass;
            return this;
        }

        TestClass implementing(String... interfaces) {
            this.interfaces.addAll(List.of(interfaces));
            return this;
        }

        TestClass version(int major, int minor) {
            this.major = major;
            this.minor = minor;
            return this;
        }

        byte[] bytes() {
            return ClassFile.of()
                    .build(
                            ClassDesc.of(name),
                            type ->
                                    type.withVersion(major, minor)
                                            .withFlags(flags)
                                            .withSuperclass(ClassDesc.of(superclass))
                                            .withInterfaceSymbols(
                                                    interfaces.stream().map(ClassDesc::of).toList())
                                            .withMethodBody(
                                                    ConstantDescs.INIT_NAME,
                                                    ConstantDescs.MTD_void,
                                                    constructorFlags,
                                                    code -> code.return_()));
        }
    }
}
