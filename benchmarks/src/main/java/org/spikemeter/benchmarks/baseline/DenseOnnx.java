package org.spikemeter.benchmarks.baseline;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.aer.StepEvents;

/** A dense network in ONNX Runtime: one thread, in sequence, its input buffer reused. */
public final class DenseOnnx implements AutoCloseable {
    private static final int OPSET = 13;
    private static final int IR_VERSION = 8;
    private static final int FLOAT = 1;

    private final OrtSession session;
    private final FloatBuffer input;
    private final OnnxTensor tensor;
    private final Map<String, OnnxTensor> inputs;

    /**
     * Opens a model with one input.
     *
     * @param model bytes of the ONNX file
     * @param shape [1, channels, height, width]
     */
    public DenseOnnx(final byte[] model, final long... shape) throws OrtException {
        final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            session = runtime.createSession(model, options);
        }
        int size = 1;
        for (final long side : shape) {
            size = Math.toIntExact(size * side);
        }
        input = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        tensor = OnnxTensor.createTensor(runtime, input, shape);
        inputs = Map.of(session.getInputNames().iterator().next(), tensor);
    }

    /** A model of one convolution without padding and bias, 1 image in. */
    public static byte[] convolution(
        final float[] weights, final int out, final int in, final int kernel, final int side) {
        final OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder().setName("w")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .addDims(out).addDims(in).addDims(kernel).addDims(kernel);
        for (final float weight : weights) {
            tensor.addFloatData(weight);
        }
        final int outSide = side - kernel + 1;
        final OnnxMl.GraphProto graph = OnnxMl.GraphProto.newBuilder().setName("convolution")
            .addInput(value("x", in, side)).addOutput(value("y", out, outSide)).addInitializer(tensor)
            .addNode(OnnxMl.NodeProto.newBuilder().setOpType("Conv").addAllInput(List.of("x", "w")).addOutput("y"))
            .build();
        return OnnxMl.ModelProto.newBuilder().setIrVersion(IR_VERSION)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET)).setGraph(graph).build()
            .toByteArray();
    }

    private static OnnxMl.ValueInfoProto value(final String name, final int channels, final int side) {
        final OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (final int each : new int[] {1, channels, side, side}) {
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(each));
        }
        return OnnxMl.ValueInfoProto.newBuilder().setName(name).setType(OnnxMl.TypeProto.newBuilder()
            .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape))).build();
    }

    /** Fills the input buffer: the values of events at their addresses, zeros elsewhere. */
    public void load(final StepEvents events) {
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, 0.0f);
        }
        for (int i = 0; i < events.size(); i++) {
            input.put(events.shape().channelFirstIndex(events.address(i)), events.value(i));
        }
    }

    /** One run on what the input buffer holds. */
    public int run() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            return result.size();
        }
    }

    /** One run, and its output: [channels, height, width]. */
    public float[] output() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            final FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            final float[] output = new float[buffer.remaining()];
            buffer.get(output);
            return output;
        }
    }

    @Override
    public void close() throws OrtException {
        tensor.close();
        session.close();
    }
}
