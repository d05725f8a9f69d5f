package dev.treadle.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.treadle.inference.InferenceFailed.Reason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Makes tensors of element types that ONNX Runtime's Java API, as of 1.29, has no method for, as
 * {@code uint16}: it can read them, and its native part can make them of a type's number. So this
 * does what its public methods do, with a number that they cannot be given. That is private to it,
 * and may change. Safe for threads.
 *
 * <p>Nothing wrong passes in silence: the native part compares the bytes with type and shape when a
 * tensor is made, and its type with the model's when it runs.
 */
final class RawTensors {
    private static final String PACKAGE = "ai.onnxruntime.";

    private final MethodHandle create;
    private final MethodHandle wrap;
    private final MethodHandle describe;
    private final VarHandle api;
    private final VarHandle allocator;
    private final VarHandle allocatorAddress;

    private RawTensors() throws ReflectiveOperationException {
        Lookup inside = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
        Class<?> library = inside.findClass(PACKAGE + "OnnxRuntime");
        Class<?> memory = inside.findClass(PACKAGE + "OrtAllocator");
        // The API's address, the allocator's, the data, where it begins, its bytes, shape, type.
        create =
                inside.findStatic(
                        OnnxTensor.class,
                        "createTensorFromBuffer",
                        MethodType.methodType(
                                long.class,
                                long.class,
                                long.class,
                                Buffer.class,
                                int.class,
                                long.class,
                                long[].class,
                                int.class));
        // The tensor's address, the allocator's, what it is, the data, whether that is its own.
        wrap =
                inside.findConstructor(
                        OnnxTensor.class,
                        MethodType.methodType(
                                void.class,
                                long.class,
                                long.class,
                                TensorInfo.class,
                                Buffer.class,
                                boolean.class));
        describe =
                inside.findConstructor(
                        TensorInfo.class,
                        MethodType.methodType(
                                void.class,
                                long[].class,
                                OnnxJavaType.class,
                                OnnxTensorType.class));
        api = inside.findStaticVarHandle(library, "ortApiHandle", long.class);
        allocator = inside.findVarHandle(OrtEnvironment.class, "defaultAllocator", memory);
        allocatorAddress = inside.findVarHandle(memory, "handle", long.class);
    }

    /** Found once; an error stays one. */
    private static final class Found {
        private static final Object HERE = find();

        private static Object find() {
            try {
                return new RawTensors();
            } catch (ReflectiveOperationException | RuntimeException e) {
                return e;
            }
        }
    }

    /**
     * The way in.
     *
     * @throws InferenceFailed where this ONNX Runtime does not have it
     */
    static RawTensors here() {
        if (Found.HERE instanceof RawTensors found) {
            return found;
        }
        throw unlike(Found.HERE);
    }

    /** That what the Java API keeps to itself is not where this looks for it. */
    static InferenceFailed unlike(Object found) {
        return new InferenceFailed(
                Reason.UNLOADABLE,
                "this ONNX Runtime (%s) is otherwise inside than 1.29, which the node was made for: %s"
                        .formatted(OrtEnvironment.getEnvironment().getVersion(), found));
    }

    /**
     * A tensor over a direct buffer, which is not copied. To be closed.
     *
     * @param data its bytes from position to limit
     */
    OnnxTensor over(OrtEnvironment environment, ByteBuffer data, long[] shape, OnnxTensorType type)
            throws OrtException {
        try {
            long memory = (long) allocatorAddress.get(allocator.get(environment));
            long made =
                    (long)
                            create.invoke(
                                    (long) api.get(),
                                    memory,
                                    data,
                                    data.position(),
                                    (long) data.remaining(),
                                    shape,
                                    type.value);
            Object info = describe.invoke(shape, OnnxJavaType.mapFromOnnxTensorType(type), type);
            return (OnnxTensor) wrap.invoke(made, memory, info, data, false);
        } catch (OrtException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
