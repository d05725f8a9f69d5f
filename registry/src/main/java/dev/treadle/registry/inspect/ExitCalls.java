package dev.treadle.registry.inspect;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the calls that would end the node's process, and with it every function on it. */
final class ExitCalls {
    private static final Set<String> ENDING =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    private ExitCalls() {}

    /** Where a class ends the process. Its {@code main} may: nobody calls that here. */
    static List<String> in(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        List<String> found = new ArrayList<>();
        if (mentionsOne(model)) {
            for (MethodModel method : model.methods()) {
                if (!isMain(method)) {
                    collect(model, method, found);
                }
            }
        }
        return found;
    }

    /** Most classes are done with after a look at their constants. */
    private static boolean mentionsOne(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && ENDING.contains(name(member))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMain(MethodModel method) {
        return method.methodName().equalsString("main")
                && method.methodType().equalsString("([Ljava/lang/String;)V");
    }

    private static void collect(ClassModel model, MethodModel method, List<String> found) {
        String where =
                model.thisClass().asInternalName().replace('/', '.')
                        + "."
                        + method.methodName().stringValue();
        int line = 0;
        if (method.code().isEmpty()) {
            return;
        }
        for (CodeElement element : method.code().get()) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case InvokeInstruction call when ENDING.contains(name(call.method())) ->
                        found.add(
                                "`%s` in %s%s"
                                        .formatted(
                                                shortName(call.method()),
                                                where,
                                                line == 0 ? "" : " (line %d)".formatted(line)));
                default -> {}
            }
        }
    }

    private static String name(MemberRefEntry member) {
        return member.owner().asInternalName() + "." + member.name().stringValue();
    }

    private static String shortName(MemberRefEntry member) {
        return name(member).substring("java/lang/".length());
    }
}
