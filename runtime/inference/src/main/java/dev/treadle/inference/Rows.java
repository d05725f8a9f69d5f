package dev.treadle.inference;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts tensors together by their rows, and takes them apart again. Pure. */
final class Rows {
    private Rows() {}

    /** All rows of all tensors; they differ in their first dimension only. */
    static Tensor join(List<Tensor> tensors, Room room) {
        Tensor first = tensors.getFirst();
        long[] shape = first.shape();
        shape[0] = tensors.stream().mapToLong(tensor -> tensor.shape()[0]).sum();
        if (first.type() == ElementType.STRING) {
            List<String> texts = new ArrayList<>();
            tensors.forEach(tensor -> texts.addAll(tensor.strings()));
            return Tensor.of(texts, shape);
        }
        ByteBuffer data = room.direct(first.type(), shape);
        tensors.forEach(tensor -> data.put(tensor.bytes()));
        return Tensor.of(first.type(), data.flip(), shape);
    }

    /** A copy of some rows of a tensor. */
    static Tensor copy(Tensor tensor, long from, long count) {
        long[] shape = tensor.shape();
        int perRow = shape[0] == 0 ? 0 : Math.toIntExact(tensor.size() / shape[0]);
        int begin = Math.toIntExact(from * perRow);
        int elements = Math.toIntExact(count * perRow);
        shape[0] = count;
        if (tensor.type() == ElementType.STRING) {
            return Tensor.of(tensor.strings().subList(begin, begin + elements), shape);
        }
        int size = tensor.type().bytes();
        ByteBuffer rows = ByteBuffer.allocate(elements * size);
        rows.put(tensor.bytes().slice(begin * size, elements * size)).flip();
        return Tensor.of(tensor.type(), rows, shape);
    }
}
