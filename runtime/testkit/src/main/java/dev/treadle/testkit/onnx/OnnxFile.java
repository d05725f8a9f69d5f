package dev.treadle.testkit.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An ONNX model under construction: inputs, outputs, weights and nodes. Field numbers are those of
 * {@code onnx.proto}. For one thread.
 */
public final class OnnxFile {
    private static final long OPSET = 17;
    private static final String ML = "ai.onnx.ml";
    private static final long ML_OPSET = 3;

    private final ProtoWriter graph = new ProtoWriter();
    private final List<ProtoWriter> metadata = new ArrayList<>();
    private final String name;
    private final long opset;
    private boolean ml;

    public OnnxFile(String name) {
        this(name, OPSET);
    }

    private OnnxFile(String name, long opset) {
        this.name = name;
        this.opset = opset;
    }

    /** One of newer operators, which know newer element types. */
    public static OnnxFile ofOpset(String name, long opset) {
        return new OnnxFile(name, opset);
    }

    /**
     * An input.
     *
     * @param shape a {@link Number} for a fixed size, text for the name of one that varies
     */
    public OnnxFile input(String tensor, OnnxType type, Object... shape) {
        graph.message(11, value(tensor, type, shape));
        return this;
    }

    /** An output; see {@link #input}. */
    public OnnxFile output(String tensor, OnnxType type, Object... shape) {
        graph.message(12, value(tensor, type, shape));
        return this;
    }

    /** A constant. */
    public OnnxFile weights(String tensor, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return constant(tensor, OnnxType.FLOAT, raw, shape);
    }

    /** A constant. */
    public OnnxFile weights(String tensor, long[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(tensor, OnnxType.INT64, raw, shape);
    }

    private OnnxFile constant(String tensor, OnnxType type, ByteBuffer raw, long... shape) {
        ProtoWriter constant = new ProtoWriter();
        for (long size : shape) {
            constant.number(1, size);
        }
        constant.number(2, type.number()).text(8, tensor).bytes(9, raw.array());
        graph.message(5, constant);
        return this;
    }

    /** A node without attributes. */
    public OnnxFile node(String operator, List<String> inputs, String output) {
        return node(operator, inputs, output, new Attributes());
    }

    /** A node. */
    public OnnxFile node(
            String operator, List<String> inputs, String output, Attributes attributes) {
        return node("", operator, inputs, output, attributes);
    }

    /** A node with an operator of {@code ai.onnx.ml}. */
    public OnnxFile mlNode(
            String operator, List<String> inputs, String output, Attributes attributes) {
        ml = true;
        return node(ML, operator, inputs, output, attributes);
    }

    private OnnxFile node(
            String domain,
            String operator,
            List<String> inputs,
            String output,
            Attributes attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, operator + "-" + output).text(4, operator);
        attributes.written.forEach(attribute -> node.message(5, attribute));
        if (!domain.isEmpty()) {
            node.text(7, domain);
        }
        graph.message(1, node);
        return this;
    }

    /** What a maker writes into a model. */
    public OnnxFile metadata(String key, String value) {
        metadata.add(new ProtoWriter().text(1, key).text(2, value));
        return this;
    }

    /** The file's bytes. */
    public byte[] toBytes() {
        graph.text(2, name);
        ProtoWriter model =
                new ProtoWriter()
                        .number(1, opset > OPSET ? 10 : 8)
                        .text(2, "treadle")
                        .message(7, graph)
                        .message(8, new ProtoWriter().text(1, "").number(2, opset));
        if (ml) {
            model.message(8, new ProtoWriter().text(1, ML).number(2, ML_OPSET));
        }
        metadata.forEach(entry -> model.message(14, entry));
        return model.toBytes();
    }

    /** A node's attributes. */
    public static final class Attributes {
        private static final int FLOAT = 1;
        private static final int INT = 2;
        private static final int STRING = 3;
        private static final int INTS = 7;
        private static final int STRINGS = 8;

        private final List<ProtoWriter> written = new ArrayList<>();

        public Attributes number(String name, long value) {
            written.add(new ProtoWriter().text(1, name).number(3, value).number(20, INT));
            return this;
        }

        public Attributes fraction(String name, float value) {
            written.add(new ProtoWriter().text(1, name).fraction(2, value).number(20, FLOAT));
            return this;
        }

        public Attributes text(String name, String value) {
            written.add(new ProtoWriter().text(1, name).text(4, value).number(20, STRING));
            return this;
        }

        public Attributes texts(String name, List<String> values) {
            ProtoWriter attribute = new ProtoWriter().text(1, name);
            values.forEach(value -> attribute.text(9, value));
            written.add(attribute.number(20, STRINGS));
            return this;
        }

        /** Texts that need not be UTF-8. */
        public Attributes bytes(String name, List<byte[]> values) {
            ProtoWriter attribute = new ProtoWriter().text(1, name);
            values.forEach(value -> attribute.bytes(9, value));
            written.add(attribute.number(20, STRINGS));
            return this;
        }

        public Attributes numbers(String name, long... values) {
            ProtoWriter attribute = new ProtoWriter().text(1, name);
            for (long value : values) {
                attribute.number(8, value);
            }
            written.add(attribute.number(20, INTS));
            return this;
        }
    }

    private static ProtoWriter value(String tensor, OnnxType type, Object... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (Object size : shape) {
            dimensions.message(
                    1,
                    size instanceof Number number
                            ? new ProtoWriter().number(1, number.longValue())
                            : size.toString().isEmpty()
                                    ? new ProtoWriter()
                                    : new ProtoWriter().text(2, size.toString()));
        }
        ProtoWriter tensorType = new ProtoWriter().number(1, type.number()).message(2, dimensions);
        return new ProtoWriter()
                .text(1, tensor)
                .message(2, new ProtoWriter().message(1, tensorType));
    }
}
