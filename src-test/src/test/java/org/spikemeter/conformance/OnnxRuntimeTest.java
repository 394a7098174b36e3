package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/** Random small models, rectified units evaluated, against ONNX Runtime: each value within 1e-4 of the largest. */
class OnnxRuntimeTest {
    private static final int MODELS = 300;

    @TempDir
    private Path folder;

    private final Map<String, Integer> operators = new TreeMap<>();

    /** A model that grows. */
    private final class Growing {
        private final SplittableRandom random;
        private final OnnxMl.GraphProto.Builder graph;
        private String last = "x";
        private int channels;
        private int height;
        private int width;
        private int names;

        Growing(final long seed) {
            random = new SplittableRandom(seed);
            channels = random.nextInt(1, 5);
            height = random.nextInt(3, 9);
            width = random.nextInt(3, 9);
            graph = OnnxModels.graph("out", 1, channels, height, width);
        }

        private String name() {
            names++;
            return "v" + names;
        }

        private float[] numbers(final int count) {
            final float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (float) random.nextDouble(-1, 1);
            }
            return numbers;
        }

        private String constant(final float[] values, final long... shape) {
            final String name = "c" + name();
            graph.addInitializer(OnnxModels.floats(name, values, shape));
            return name;
        }

        private void add(final OnnxMl.NodeProto node) {
            graph.addNode(node);
            last = node.getOutput(0);
            operators.merge(node.getOpType(), 1, Integer::sum);
        }

        void grow() {
            switch (random.nextInt(12)) {
                case 0 -> convolution();
                case 1 -> {
                    final float[] variance = numbers(channels);
                    for (int c = 0; c < channels; c++) {
                        variance[c] = Math.abs(variance[c]) + 0.1f;
                    }
                    add(OnnxModels.node("BatchNormalization", name(), last, constant(numbers(channels), channels),
                        constant(numbers(channels), channels), constant(numbers(channels), channels),
                        constant(variance, channels)));
                }
                case 2 -> pool("AveragePool");
                case 3 -> pool("MaxPool");
                case 4 -> add(OnnxModels.node("Mul", name(), last, constant(numbers(channels), channels, 1, 1)));
                case 5 -> add(OnnxModels.node("Add", name(), constant(numbers(1)), last));
                case 6 -> add(OnnxModels.node("Sub", name(), last, constant(numbers(channels), channels, 1, 1)));
                case 7 -> add(OnnxModels.node("Div", name(), last, constant(new float[] {1.0f + random.nextFloat()})));
                case 8 -> add(OnnxModels.node("Relu", name(), last));
                case 9 -> add(OnnxModels.node("Clip", name(), last, constant(new float[1]),
                    constant(new float[] {random.nextFloat() + 0.1f})));
                case 10 -> concat();
                default -> {
                    // around a convolution that keeps the shape
                    final String before = last;
                    add(convolution(channels, 1, 1, 0, 1));
                    add(OnnxModels.node("Add", name(), last, before));
                }
            }
        }

        private void convolution() {
            if (random.nextInt(4) == 0) {
                pad();
            }
            final int groups = random.nextInt(3) == 0 ? channels : 1;
            final int out = groups * random.nextInt(1, 4);
            final int kernel = Math.min(random.nextInt(1, 4), Math.min(height, width));
            final int stride = random.nextInt(1, 3);
            final int padding = random.nextInt(0, 2);
            OnnxMl.NodeProto node = convolution(out, kernel, stride, padding, groups);
            channels = out;
            if (random.nextInt(3) == 0) {
                final String same = random.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER";
                node = OnnxModels.with(OnnxModels.without(node, "pads"), "auto_pad", same);
                height = (height + stride - 1) / stride;
                width = (width + stride - 1) / stride;
            } else {
                height = (height + 2 * padding - kernel) / stride + 1;
                width = (width + 2 * padding - kernel) / stride + 1;
            }
            add(node);
        }

        /** Zeros around the last value: before a convolution that takes them, or before whatever comes. */
        private void pad() {
            final float[] pads =
                {0, 0, random.nextInt(3), random.nextInt(3), 0, 0, random.nextInt(3), random.nextInt(3)};
            final String name = "c" + name();
            graph.addInitializer(OnnxModels.integers(name, pads));
            add(OnnxModels.node("Pad", name(), last, name));
            height += (int) (pads[2] + pads[6]);
            width += (int) (pads[3] + pads[7]);
        }

        /** With a convolution of itself. */
        private void concat() {
            final String before = last;
            final int more = random.nextInt(1, 3);
            add(convolution(more, 1, 1, 0, 1));
            if (random.nextBoolean()) {
                add(OnnxModels.node("Relu", name(), last));
            }
            add(OnnxModels.with(random.nextBoolean() ? OnnxModels.node("Concat", name(), last, before)
                : OnnxModels.node("Concat", name(), before, last), "axis", 1));
            channels += more;
        }

        private OnnxMl.NodeProto convolution(
            final int out, final int kernel, final int stride, final int padding, final int groups) {
            final int in = channels / groups;
            final String weight = constant(numbers(out * in * kernel * kernel), out, in, kernel, kernel);
            OnnxMl.NodeProto node = random.nextBoolean() ? OnnxModels.node("Conv", name(), last, weight)
                : OnnxModels.node("Conv", name(), last, weight, constant(numbers(out), out));
            node = OnnxModels.with(node, "pads", padding, padding, padding, padding);
            node = OnnxModels.with(node, "strides", stride, stride);
            return OnnxModels.with(node, "group", groups);
        }

        private void pool(final String type) {
            if (height < 2 || width < 2) {
                return;
            }
            if (random.nextInt(6) == 0) {
                pad();
            }
            final int kernel = Math.min(random.nextInt(2, 4), Math.min(height, width));
            final int stride = random.nextInt(1, 3);
            final int top = random.nextInt(2);
            final int bottom = random.nextInt(2);
            OnnxMl.NodeProto node =
                OnnxModels.with(OnnxModels.node(type, name(), last), "kernel_shape", kernel, kernel);
            node = OnnxModels.with(OnnxModels.with(node, "strides", stride, stride), "pads", top, top, bottom, bottom);
            if (type.equals("AveragePool")) {
                node = OnnxModels.with(node, "count_include_pad", random.nextInt(2));
            }
            add(node);
            height = (height + top + bottom - kernel) / stride + 1;
            width = (width + top + bottom - kernel) / stride + 1;
        }

        byte[] finish() {
            if (random.nextInt(4) == 0) {
                add(OnnxModels.node("GlobalAveragePool", name(), last));
                height = 1;
                width = 1;
            }
            final int features = channels * height * width;
            add(OnnxModels.node("Flatten", name(), last));
            if (random.nextInt(4) == 0) {
                add(OnnxModels.with(OnnxModels.node("Concat", name(), last, last), "axis", 1));
                finish(2 * features);
            } else {
                finish(features);
            }
            return OnnxModels.model(graph);
        }

        private void finish(final int features) {
            if (random.nextBoolean()) {
                add(OnnxModels.node("MatMul", "out", last, constant(numbers(features * 3), features, 3)));
            } else {
                add(OnnxModels.with(OnnxModels.node("Gemm", "out", last,
                    constant(numbers(features * 3), 3, features), constant(numbers(3), 3)), "transB", 1));
            }
        }
    }

    @Test
    void shouldEqualOnnxRuntime() throws IOException, OrtException {
        final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        for (int seed = 0; seed < MODELS; seed++) {
            final Growing growing = new Growing(seed);
            final long[] shape = {1, growing.channels, growing.height, growing.width};
            final int layers = growing.random.nextInt(1, 7);
            for (int i = 0; i < layers; i++) {
                growing.grow();
            }
            final byte[] model = growing.finish();
            final float[] x = growing.numbers((int) (shape[1] * shape[2] * shape[3]));
            final float[] expected = new float[3];
            try (OrtSession.SessionOptions options = plain();
                OrtSession session = runtime.createSession(model, options);
                OnnxTensor input = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of("x", input))) {
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(expected);
            }
            final float[] actual = run(Files.write(folder.resolve("model.onnx"), model), x);
            float largest = 1;
            for (final float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], actual[i], 1e-4f * largest, "seed " + seed + ", output " + i);
            }
        }
        assertTrue(operators.size() == 16 && operators.values().stream().allMatch(count -> count >= 15),
            operators.toString());
    }

    /** As written: fused, its padding of a pool may become larger than its kernel, which it refuses itself. */
    private static OrtSession.SessionOptions plain() throws OrtException {
        final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
        return options;
    }

    private static float[] run(final Path model, final float[] x) throws IOException {
        final Network network = OnnxFile.read(model, NeuronChoice.RECTIFIED).network();
        final StepEvents events = new StepEvents(network.input());
        for (int address = 0; address < x.length; address++) {
            events.add(address, x[network.input().channelFirstIndex(address)]);
        }
        final StepEvents output = new StepEvents(network.output());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            simulator.step(events);
            simulator.spikes(network.layers().getLast().name(), output);
        }
        final float[] values = new float[network.output().size()];
        for (int i = 0; i < output.size(); i++) {
            values[output.address(i)] = output.value(i);
        }
        return values;
    }
}
