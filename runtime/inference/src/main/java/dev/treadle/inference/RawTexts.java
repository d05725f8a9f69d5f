package dev.treadle.inference;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import dev.treadle.inference.InferenceFailed.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of tensors, in UTF-8. ONNX Runtime's Java API, as of 1.29, hands them over in Java's
 * own form of it, in which a character beyond U+FFFF is other bytes than a model knows it by, and
 * reads them in that form too. So this calls the C API, whose functions have their places in a
 * table for ever. Where that table and a tensor lie is private to the Java API, and may change.
 * Safe for threads; a tensor is for one at a time, who keeps it open.
 */
final class RawTexts {
    /** The first to have all that is called here. */
    private static final Version LEAST = Version.parse("1.15");

    // Places in the struct OrtApi of onnxruntime_c_api.h.
    private static final int GET_ERROR_MESSAGE = 2;
    private static final int GET_STRING_TENSOR_DATA_LENGTH = 53;
    private static final int GET_STRING_TENSOR_CONTENT = 54;
    private static final int RELEASE_STATUS = 93;
    private static final int GET_RESIZED_STRING_TENSOR_ELEMENT_BUFFER = 252;

    private final VarHandle address;
    private final MethodHandle errorMessage;
    private final MethodHandle release;
    private final MethodHandle length;
    private final MethodHandle content;
    private final MethodHandle resized;

    private RawTexts() throws ReflectiveOperationException {
        // The table is there when the library has been loaded.
        String version = OrtEnvironment.getEnvironment().getVersion();
        if (Version.parse(version).compareTo(LEAST) < 0) {
            throw new IllegalStateException("it is older than " + LEAST);
        }
        Lookup inside = MethodHandles.privateLookupIn(OnnxTensorLike.class, MethodHandles.lookup());
        Class<?> library = inside.findClass("ai.onnxruntime.OnnxRuntime");
        long table = (long) inside.findStaticVarHandle(library, "ortApiHandle", long.class).get();
        address = inside.findVarHandle(OnnxTensorLike.class, "nativeHandle", long.class);
        // The message of a status; the status' end.
        errorMessage = function(table, GET_ERROR_MESSAGE, FunctionDescriptor.of(ADDRESS, ADDRESS));
        release = function(table, RELEASE_STATUS, FunctionDescriptor.ofVoid(ADDRESS));
        // All give a status; null is good. The tensor, and where to write how many bytes it has.
        length = function(table, GET_STRING_TENSOR_DATA_LENGTH, status(ADDRESS, ADDRESS));
        // The tensor, room for the bytes and how much, room for where each begins and how many.
        content =
                function(
                        table,
                        GET_STRING_TENSOR_CONTENT,
                        status(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG));
        // The tensor, which element, how many bytes, and where to write where those are to go.
        resized =
                function(
                        table,
                        GET_RESIZED_STRING_TENSOR_ELEMENT_BUFFER,
                        status(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
    }

    private static FunctionDescriptor status(MemoryLayout... arguments) {
        return FunctionDescriptor.of(ADDRESS, arguments);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(long table, int place, FunctionDescriptor form) {
        MemorySegment entry =
                MemorySegment.ofAddress(table + place * ADDRESS.byteSize())
                        .reinterpret(ADDRESS.byteSize());
        return Linker.nativeLinker().downcallHandle(entry.get(ADDRESS, 0), form);
    }

    /** Found once; an error stays one. */
    private static final class Found {
        private static final Object HERE = find();

        private static Object find() {
            try {
                return new RawTexts();
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
    static RawTexts here() {
        if (Found.HERE instanceof RawTexts found) {
            return found;
        }
        throw RawTensors.unlike(Found.HERE);
    }

    /**
     * Puts texts in the place of a tensor's own.
     *
     * @param texts as many as the tensor has elements; no halves of surrogate pairs
     */
    @SuppressWarnings("restricted")
    void write(List<String> texts, OnnxTensor to) {
        MemorySegment tensor = MemorySegment.ofAddress((long) address.get(to));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            for (int i = 0; i < texts.size(); i++) {
                byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
                require(
                        (MemorySegment)
                                resized.invokeExact(tensor, (long) i, (long) text.length, place));
                MemorySegment room = place.get(ADDRESS, 0).reinterpret(text.length);
                MemorySegment.copy(text, 0, room, JAVA_BYTE, 0, text.length);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The texts of an output, row by row.
     *
     * @throws InferenceFailed when some are none
     */
    List<String> read(String output, OnnxTensor from) {
        MemorySegment tensor = MemorySegment.ofAddress((long) address.get(from));
        int count = Math.toIntExact(from.getInfo().getNumElements());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            require((MemorySegment) length.invokeExact(tensor, size));
            long bytes = size.get(JAVA_LONG, 0);
            MemorySegment all = arena.allocate(Math.max(1, bytes));
            MemorySegment begins = arena.allocate(JAVA_LONG, count + 1L);
            require((MemorySegment) content.invokeExact(tensor, all, bytes, begins, (long) count));
            begins.setAtIndex(JAVA_LONG, count, bytes);
            return split(all, begins, count);
        } catch (CharacterCodingException e) {
            throw new InferenceFailed(
                    Reason.FAILED,
                    "the output '%s' has bytes among its texts that are no UTF-8; a model gives others as uint8"
                            .formatted(output),
                    e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> split(MemorySegment all, MemorySegment begins, int count)
            throws CharacterCodingException {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long begin = begins.getAtIndex(JAVA_LONG, i);
            long end = begins.getAtIndex(JAVA_LONG, i + 1L);
            texts.add(utf8.decode(all.asSlice(begin, end - begin).asByteBuffer()).toString());
        }
        return texts;
    }

    /** Nothing where all went well. */
    @SuppressWarnings("restricted")
    private void require(MemorySegment status) throws Throwable {
        if (status.address() == 0) {
            return;
        }
        String message;
        try {
            message =
                    ((MemorySegment) errorMessage.invokeExact(status))
                            .reinterpret(Long.MAX_VALUE)
                            .getString(0);
        } finally {
            release.invokeExact(status);
        }
        throw new InferenceFailed(Reason.FAILED, message);
    }
}
