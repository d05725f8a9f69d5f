package dev.treadle.cli.build;

import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.reflect.AccessFlag;
import java.util.Arrays;

/** What other classes can see of a class: all of it but private members and the code in methods. */
final class ClassShape {
    private static final ClassFile FILES =
            ClassFile.of(
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.DebugElementsOption.DROP_DEBUG);

    private ClassShape() {}

    static boolean same(byte[] a, byte[] b) {
        return Arrays.equals(a, b) || Arrays.equals(of(a), of(b));
    }

    private static byte[] of(byte[] bytes) {
        ClassModel model = FILES.parse(bytes);
        ClassTransform visible =
                ClassTransform.dropping(ClassShape::isPrivate)
                        .andThen(
                                ClassTransform.transformingMethods(
                                        MethodTransform.dropping(
                                                element -> element instanceof CodeModel)));
        return FILES.transformClass(model, visible);
    }

    private static boolean isPrivate(ClassElement element) {
        return switch (element) {
            case MethodModel method -> method.flags().has(AccessFlag.PRIVATE);
            case FieldModel field -> field.flags().has(AccessFlag.PRIVATE);
            default -> false;
        };
    }
}
