package dev.treadle.benchmarks.process;

import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.registry.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;

/**
 * The smallest function there is: one class that answers with a text. Each has a class, a name and
 * a digest of its own.
 *
 * @param name the function's; its route is the same after a slash
 */
public record FunctionJar(String name, byte[] bytes) implements Deployable {
    /** What every one of them answers. */
    public static final String TEXT = "Hello, World!";

    private static final ClassDesc RESPONSE = desc(Response.class);
    private static final MethodTypeDesc HANDLE =
            MethodTypeDesc.of(RESPONSE, desc(Request.class), desc(Context.class));

    /** The function of this number. */
    public static FunctionJar of(int number) {
        return new FunctionJar("f" + number, jar(entry("f" + number)));
    }

    /** So many functions. */
    public static List<FunctionJar> several(int count) {
        return IntStream.range(0, count).mapToObj(FunctionJar::of).toList();
    }

    @Override
    public Digest digest() {
        return Digest.of(bytes);
    }

    public String path() {
        return "/" + name;
    }

    /** Its handler class. */
    public String entry() {
        return entry(name);
    }

    @Override
    public String manifest() {
        return "schema: 1\nname: %s\nentry: %s\ntriggers:\n  - http: {path: %s}\n"
                .formatted(name, entry(), path());
    }

    private static String entry(String name) {
        return "bench.Hello" + name.substring(1);
    }

    private static byte[] jar(String entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry(entry.replace('.', '/') + ".class"));
            jar.write(classFile(ClassDesc.of(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] classFile(ClassDesc entry) {
        return ClassFile.of()
                .build(
                        entry,
                        type ->
                                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                                        .withInterfaceSymbols(desc(HttpFunction.class))
                                        .withMethodBody(
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void,
                                                ClassFile.ACC_PUBLIC,
                                                code ->
                                                        code.aload(0)
                                                                .invokespecial(
                                                                        ConstantDescs.CD_Object,
                                                                        ConstantDescs.INIT_NAME,
                                                                        ConstantDescs.MTD_void)
                                                                .return_())
                                        .withMethodBody(
                                                "handle",
                                                HANDLE,
                                                ClassFile.ACC_PUBLIC,
                                                code ->
                                                        code.ldc(TEXT)
                                                                .invokestatic(
                                                                        RESPONSE,
                                                                        "text",
                                                                        MethodTypeDesc.of(
                                                                                RESPONSE,
                                                                                ConstantDescs
                                                                                        .CD_String))
                                                                .areturn()));
    }

    private static ClassDesc desc(Class<?> type) {
        return ClassDesc.of(type.getName());
    }
}
