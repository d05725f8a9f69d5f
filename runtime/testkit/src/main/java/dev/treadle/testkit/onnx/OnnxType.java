package dev.treadle.testkit.onnx;

/** Element types by their numbers in {@code TensorProto.DataType}. */
public enum OnnxType {
    FLOAT(1),
    UINT8(2),
    INT8(3),
    UINT16(4),
    INT16(5),
    INT32(6),
    INT64(7),
    STRING(8),
    BOOL(9),
    FLOAT16(10),
    DOUBLE(11),
    UINT32(12),
    UINT64(13),
    COMPLEX64(14),
    COMPLEX128(15),
    BFLOAT16(16),
    UINT4(21),
    INT4(22);

    private final int number;

    OnnxType(int number) {
        this.number = number;
    }

    /** For attributes, such as {@code to} of a Cast. */
    public int number() {
        return number;
    }
}
