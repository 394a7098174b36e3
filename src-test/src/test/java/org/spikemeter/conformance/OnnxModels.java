package org.spikemeter.conformance;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.util.List;

/** Builds small ONNX models. */
final class OnnxModels {
    private static final int OPSET = 13;
    private static final int FLOAT = 1;

    private OnnxModels() {
    }

    static OnnxMl.TensorProto floats(final String name, final float[] values, final long... shape) {
        final OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder().setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE);
        for (final long side : shape) {
            tensor.addDims(side);
        }
        for (final float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    /** A vector of int64. */
    static OnnxMl.TensorProto integers(final String name, final float... values) {
        final OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder().setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.INT64_VALUE).addDims(values.length);
        for (final float value : values) {
            tensor.addInt64Data((long) value);
        }
        return tensor.build();
    }

    static OnnxMl.NodeProto node(final String type, final String output, final String... inputs) {
        return OnnxMl.NodeProto.newBuilder().setOpType(type).setName("node " + output).addOutput(output)
            .addAllInput(List.of(inputs)).build();
    }

    static OnnxMl.NodeProto with(final OnnxMl.NodeProto node, final String attribute, final long... values) {
        final OnnxMl.AttributeProto.Builder builder = OnnxMl.AttributeProto.newBuilder().setName(attribute);
        if (values.length == 1) {
            builder.setI(values[0]).setType(OnnxMl.AttributeProto.AttributeType.INT);
        } else {
            builder.setType(OnnxMl.AttributeProto.AttributeType.INTS);
            for (final long value : values) {
                builder.addInts(value);
            }
        }
        return node.toBuilder().addAttribute(builder).build();
    }

    static OnnxMl.NodeProto with(final OnnxMl.NodeProto node, final String attribute, final String value) {
        return node.toBuilder().addAttribute(OnnxMl.AttributeProto.newBuilder().setName(attribute)
            .setS(ByteString.copyFromUtf8(value)).setType(OnnxMl.AttributeProto.AttributeType.STRING)).build();
    }

    static OnnxMl.NodeProto without(final OnnxMl.NodeProto node, final String attribute) {
        final OnnxMl.NodeProto.Builder builder = node.toBuilder().clearAttribute();
        node.getAttributeList().stream().filter(a -> !a.getName().equals(attribute)).forEach(builder::addAttribute);
        return builder.build();
    }

    private static OnnxMl.ValueInfoProto.Builder value(final String name) {
        return OnnxMl.ValueInfoProto.newBuilder().setName(name);
    }

    static OnnxMl.GraphProto.Builder graph(final String output, final long... input) {
        final OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (final long side : input) {
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        return OnnxMl.GraphProto.newBuilder().setName("graph").addInput(value("x")
            .setType(OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape))))
            .addOutput(value(output).setType(OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(FLOAT))));
    }

    static byte[] model(final OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder().setIrVersion(8)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET)).setGraph(graph).build()
            .toByteArray();
    }
}
