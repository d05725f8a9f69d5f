package dev.treadle.registry.inspect;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * What we want to know of a class.
 *
 * @param name its binary name
 * @param supertypes superclass first, then interfaces; binary names
 */
record ClassFacts(
        String name,
        boolean isPublic,
        boolean isConcrete,
        boolean hasPublicConstructor,
        List<String> supertypes) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int NEWEST_MAJOR = 69;
    private static final int MAJOR_OF_JAVA_0 = 44;
    private static final int PREVIEW_MINOR = 0xFFFF;
    private static final int HEADER_BYTES = 8;

    /**
     * Reads a class file.
     *
     * @param where what to call it in an error
     * @throws ArtifactException when it is damaged, or newer than we can run
     */
    static ClassFacts read(byte[] bytes, String where) {
        checkHeader(bytes, where);
        try {
            return of(ClassFile.of().parse(bytes));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(damaged(where), e);
        }
    }

    private static ClassFacts of(ClassModel model) {
        List<String> supertypes = new ArrayList<>();
        model.superclass().ifPresent(type -> supertypes.add(binary(type.asInternalName())));
        model.interfaces().forEach(type -> supertypes.add(binary(type.asInternalName())));
        boolean concrete =
                !model.flags().has(AccessFlag.ABSTRACT) && !model.flags().has(AccessFlag.INTERFACE);
        return new ClassFacts(
                binary(model.thisClass().asInternalName()),
                model.flags().has(AccessFlag.PUBLIC),
                concrete,
                model.methods().stream().anyMatch(ClassFacts::isPublicConstructor),
                supertypes);
    }

    private static boolean isPublicConstructor(MethodModel method) {
        return method.methodName().equalsString("<init>")
                && method.methodType().equalsString("()V")
                && method.flags().has(AccessFlag.PUBLIC);
    }

    private static void checkHeader(byte[] bytes, String where) {
        if (bytes.length < HEADER_BYTES || (number(bytes, 0) << 16 | number(bytes, 2)) != MAGIC) {
            throw new ArtifactException(damaged(where));
        }
        int minor = number(bytes, 4);
        int major = number(bytes, 6);
        int java = major - MAJOR_OF_JAVA_0;
        if (major > NEWEST_MAJOR) {
            throw new ArtifactException(
                    "Class %s was compiled for Java %d (class file version %d); functions run on Java %d. Compile it with --release %d or lower."
                            .formatted(
                                    where,
                                    java,
                                    major,
                                    NEWEST_MAJOR - MAJOR_OF_JAVA_0,
                                    NEWEST_MAJOR - MAJOR_OF_JAVA_0));
        }
        if (minor == PREVIEW_MINOR) {
            throw new ArtifactException(
                    "Class %s uses preview features of Java %d, which are off here. Compile it without --enable-preview."
                            .formatted(where, java));
        }
    }

    private static int number(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
    }

    private static String damaged(String where) {
        return where + " is not a class file, or is damaged. Build the artifact again.";
    }

    private static String binary(String internal) {
        return internal.replace('/', '.');
    }
}
