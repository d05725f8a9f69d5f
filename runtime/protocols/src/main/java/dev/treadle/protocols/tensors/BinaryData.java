package dev.treadle.protocols.tensors;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The binary form: elements in a row, little-endian; each text behind its length in four bytes. */
public final class BinaryData {
    private static final int LENGTH_BYTES = 4;

    private BinaryData() {}

    /**
     * Reads a tensor; all data is its own, and copied.
     *
     * @throws BadTensor when the data does not have the shape
     */
    public static Tensor read(String tensor, ElementType type, long[] shape, ByteBuffer data) {
        ByteBuffer from = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.STRING) {
            List<String> texts = texts(tensor, from);
            Counts.requireElements(tensor, shape, texts.size());
            return Tensor.of(texts, shape);
        }
        Counts.requireBytes(tensor, type, shape, from.remaining());
        return Tensor.of(type, copy(type, from, Tensor.direct(type, shape)), shape);
    }

    private static List<String> texts(String tensor, ByteBuffer data) {
        List<String> texts = new ArrayList<>();
        while (data.hasRemaining()) {
            int length = data.remaining() < LENGTH_BYTES ? -1 : data.getInt();
            if (length < 0 || length > data.remaining()) {
                throw new BadTensor(tensor, "has binary data that ends within an element");
            }
            byte[] text = new byte[length];
            data.get(text);
            texts.add(Utf8.read(tensor, ByteBuffer.wrap(text)));
        }
        return texts;
    }

    /**
     * A tensor's elements in this form. Where the machine is little-endian numbers are not copied:
     * the buffer is the tensor's, read-only.
     */
    public static ByteBuffer of(Tensor tensor) {
        if (tensor.type() == ElementType.STRING) {
            return of(tensor.strings());
        }
        ByteBuffer from = tensor.bytes();
        if (from.order() == ByteOrder.LITTLE_ENDIAN) {
            return from;
        }
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return copy(tensor.type(), from, to);
    }

    private static ByteBuffer of(List<String> strings) {
        List<byte[]> texts =
                strings.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        int size = texts.stream().mapToInt(text -> LENGTH_BYTES + text.length).sum();
        ByteBuffer all = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        texts.forEach(text -> all.putInt(text.length).put(text));
        return all.flip();
    }

    /** Copies elements between the protocol's byte order and the machine's; they are mostly one. */
    private static ByteBuffer copy(ElementType type, ByteBuffer from, ByteBuffer to) {
        if (from.order() == to.order() || type.bytes() == 1) {
            return to.put(from).flip();
        }
        while (from.hasRemaining()) {
            switch (type.bytes()) {
                case 2 -> to.putShort(from.getShort());
                case 4 -> to.putInt(from.getInt());
                default -> to.putLong(from.getLong());
            }
        }
        return to.flip();
    }
}
