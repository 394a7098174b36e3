package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spikemeter.conformance.OnnxModels.floats;
import static org.spikemeter.conformance.OnnxModels.graph;
import static org.spikemeter.conformance.OnnxModels.node;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** ONNX models of this project against golden spikes, and small ones made here against their sums. */
class OnnxTest {
    private static final NeuronChoice INTEGRATE =
        NeuronChoice.all(new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));

    @TempDir
    private Path folder;

    /** The network file's neurons, in its order, for the model's Relu nodes. */
    private static NeuronChoice trained() throws IOException {
        final List<NeuronModel> models = ReferenceData.network("emotion-plif").layers().stream()
            .filter(Layer.Neurons.class::isInstance).map(layer -> ((Layer.Neurons) layer).model()).toList();
        final List<Integer> numbers = List.of(2, 6, 10, 14, 18, 22, 24);
        final Map<String, NeuronModel> byNode = new HashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            byNode.put("/seq/seq." + numbers.get(i) + "/Relu", models.get(i));
        }
        return new NeuronChoice(null, byNode, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topology-bn", "topology-folded"})
    void shouldGiveGoldenSpikesWithTheTrainedNeurons(final String model) throws IOException {
        final EventLog golden = GoldenLogs.clip("emotion-plif", "clip-9001");
        final Network network =
            OnnxFile.read(ReferenceData.path("emotion-plif/" + model + ".onnx"), trained()).network();
        final EventLog log = new EventLog(network);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(log))) {
            ReferenceData.steps("clip-9001.mkv").forEach(simulator::step);
        }
        final int[] expected = neurons(golden.network());
        final int[] actual = neurons(network);
        assertEquals(expected.length, actual.length);
        long differing = 0;
        long spikes = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int step = 0; step < golden.steps(); step++) {
                spikes += golden.count(expected[i], step);
                for (int address = 0; address < network.outputOf(actual[i]).size(); address++) {
                    differing +=
                        golden.fired(expected[i], step, address) == log.fired(actual[i], step, address) ? 0 : 1;
                }
            }
        }
        assertTrue(differing <= 1e-5 * spikes, differing + " of " + spikes);
    }

    private static int[] neurons(final Network network) {
        return IntStream.range(0, network.layers().size())
            .filter(layer -> network.layers().get(layer).spikes()).toArray();
    }

    private Path write(final OnnxMl.GraphProto.Builder graph) throws IOException {
        return Files.write(folder.resolve("model.onnx"), OnnxModels.model(graph));
    }

    private static float[] run(final Network network, final float... x) {
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
            values[network.output().channelFirstIndex(output.address(i))] = output.value(i);
        }
        return values;
    }

    @Test
    void shouldReadDenseLayersWithBiasScaleAndResidual() throws IOException {
        final Network network = OnnxFile.read(write(graph("out", 1, 2)
            .addInitializer(floats("w", new float[] {1, 2, 3, 4}, 2, 2))
            .addInitializer(floats("b", new float[] {0.5f, -0.5f}, 2))
            .addInitializer(floats("two", new float[] {2}))
            .addNode(node("MatMul", "product", "x", "w")).addNode(node("Add", "biased", "product", "b"))
            .addNode(node("Mul", "doubled", "biased", "two")).addNode(node("Add", "out", "doubled", "x"))),
            NeuronChoice.NONE).network();
        // x w = [1 + 6, 2 + 8]; (+ b) * 2 + x
        assertEquals(Arrays.toString(new float[] {16, 21}), Arrays.toString(run(network, 1, 2)));
    }

    @Test
    void shouldReadGemmAndQuantisedWeights() throws IOException {
        final OnnxMl.TensorProto quantised = OnnxMl.TensorProto.newBuilder().setName("q").addDims(1).addDims(2)
            .setDataType(OnnxMl.TensorProto.DataType.INT8_VALUE).addInt32Data(-4).addInt32Data(6).build();
        final Network network = OnnxFile.read(write(graph("out", 1, 2).addInitializer(quantised)
            .addInitializer(floats("scale", new float[] {0.5f})).addInitializer(floats("c", new float[] {10}, 1))
            .addNode(node("DequantizeLinear", "w", "q", "scale"))
            .addNode(OnnxModels.with(node("Gemm", "out", "x", "w", "c"), "transB", 1))),
            NeuronChoice.NONE).network();
        assertEquals(10 - 2 * 3 + 3 * 5, run(network, 3, 5)[0]);
    }

    @Test
    void shouldReadConvolutionPoolAndFlatten() throws IOException {
        final float[] ones = new float[9];
        Arrays.fill(ones, 1);
        final Network network = OnnxFile.read(write(graph("out", 1, 1, 4, 4)
            .addInitializer(floats("k", ones, 1, 1, 3, 3)).addInitializer(floats("w", new float[] {1, 1}, 1, 2))
            .addNode(OnnxModels.with(node("Conv", "c", "x", "k"), "pads", 1, 1, 1, 1))
            .addNode(node("GlobalAveragePool", "p", "c")).addNode(node("Flatten", "f", "p"))
            .addNode(node("MatMul", "out", "f", "w"))), NeuronChoice.NONE).network();
        final float[] x = new float[16];
        x[5] = 16;
        assertEquals(9.0f, run(network, x)[0], "nine pixels see the inner one; their mean of 16");
        assertEquals(new Shape(1, 1, 2), network.output());
    }

    @Test
    void shouldPutNeuronsWhereRectifiedUnitsAre() throws IOException {
        final OnnxMl.GraphProto.Builder graph = graph("out", 1, 2)
            .addInitializer(floats("w", new float[] {1, 0, 0, 1}, 2, 2))
            .addNode(node("MatMul", "m", "x", "w")).addNode(node("Relu", "out", "m"));
        final ImportedNetwork imported = OnnxFile.read(write(graph), INTEGRATE);
        assertEquals(List.of("node out: spiking neurons instead of Relu"), imported.assumptions());
        assertEquals("[0.0, 1.0]", Arrays.toString(run(imported.network(), 0.5f, 1.5f)));
        final FormatException e =
            assertThrows(FormatException.class, () -> OnnxFile.read(write(graph), NeuronChoice.NONE));
        assertTrue(e.getMessage().contains("[node out]") && e.getMessage().contains("--neuron"), e.getMessage());
    }

    @Test
    void shouldReadNeuronsFromText() {
        assertEquals(new Plif((float) -Math.log(3.0 - 1.0), true, 0.4f, Reset.hard(0), Firing.AT_THRESHOLD),
            NeuronChoice.neuron("plif:tau=3,threshold=0.4"));
        assertEquals(new If(1, Reset.soft(), Firing.AT_THRESHOLD), NeuronChoice.neuron("if:reset=soft"));
        for (final String wrong : List.of("", "relu", "if:tau=2", "lif:tau=", "lif:tau=0.5", "plif:tau=1",
            "plif:tau=2,w=1", "lif:colour=2", "lif:decay_input=maybe", "lif:threshold=1,threshold=2")) {
            assertThrows(IllegalArgumentException.class, () -> NeuronChoice.neuron(wrong), wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConvTranspose", "Slice", "LSTM", "Sigmoid"})
    void shouldNameANodeThatItCannotRun(final String type) throws IOException {
        final Path file = write(graph("out", 1, 2).addNode(node(type, "out", "x")));
        final FormatException e = assertThrows(FormatException.class, () -> OnnxFile.read(file, INTEGRATE));
        assertTrue(e.getMessage().contains("'node out' (" + type + ")"), e.getMessage());
    }

    /** v' = v + x, spike where v' reaches 1, then what is told. */
    private Path neuron(final String charge, final OnnxMl.NodeProto... reset) throws IOException {
        final OnnxMl.GraphProto.Builder graph = graph("s", 1, 2)
            .addInput(OnnxMl.ValueInfoProto.newBuilder().setName("v"))
            .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("next"))
            .addInitializer(floats("one", new float[] {1})).addInitializer(floats("w", new float[] {1, 0, 0, 1}, 2, 2))
            .addNode(node("MatMul", "x", "x0", "w")).addNode(node(charge, "h", "v", "x"))
            .addNode(node("GreaterOrEqual", "b", "h", "one")).addNode(OnnxModels.with(node("Cast", "s", "b"), "to", 1));
        graph.setInput(0, graph.getInput(0).toBuilder().setName("x0"));
        for (final OnnxMl.NodeProto each : reset) {
            graph.addNode(each);
        }
        return write(graph);
    }

    @Test
    void shouldRecogniseSoftResetAndRefuseOtherNeurons() throws IOException {
        final Network network =
            OnnxFile.read(neuron("Add", node("Sub", "next", "h", "s")), NeuronChoice.NONE).network();
        assertEquals(new If(1, Reset.soft(), Firing.AT_THRESHOLD),
            ((Layer.Neurons) network.layers().getLast()).model());
        for (final Path wrong : List.of(
            neuron("Add", node("Add", "next", "h", "s")),
            neuron("Mul", node("Sub", "next", "h", "s")),
            neuron("Sub", node("Sub", "next", "s", "h")))) {
            final FormatException e =
                assertThrows(FormatException.class, () -> OnnxFile.read(wrong, NeuronChoice.NONE));
            assertTrue(e.getMessage().contains("'node next'") && e.getMessage().contains("expected IF, LIF or PLIF"),
                e.getMessage());
        }
        final FormatException e = assertThrows(FormatException.class,
            () -> OnnxFile.read(neuron("Add", node("Relu", "next", "h")), NeuronChoice.NONE));
        assertTrue(e.getMessage().contains("inputs [v] are no states"), e.getMessage());
    }

    private static Layer.Neurons only(final Network network) {
        return (Layer.Neurons) network.layers().stream().filter(Layer.Neurons.class::isInstance).findFirst()
            .orElseThrow();
    }

    /** The factor of the potential is what counts, not how it was made. */
    @Test
    void shouldTakeTheLeakFromWhatThePotentialKeeps() throws IOException {
        final OnnxMl.GraphProto.Builder graph = graph("s", 1, 2)
            .addInput(OnnxMl.ValueInfoProto.newBuilder().setName("v"))
            .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("next"))
            .addInitializer(floats("one", new float[] {1})).addInitializer(floats("two", new float[] {2}))
            .addInitializer(floats("four", new float[] {4}))
            .addInitializer(floats("i", new float[] {1, 0, 0, 1}, 2, 2)).addNode(node("MatMul", "m", "x", "i"));
        final OnnxMl.NodeProto[] rest = {node("Add", "h", "kept", "m"), node("GreaterOrEqual", "b", "h", "one"),
            OnnxModels.with(node("Cast", "s", "b"), "to", 1), node("Sub", "next", "h", "s")};
        final OnnxMl.GraphProto.Builder sigmoid = graph.clone().addNode(node("Sigmoid", "k", "two"))
            .addNode(node("Mul", "kept", "v", "k")).addAllNode(List.of(rest));
        final OnnxMl.GraphProto.Builder division = graph.clone().addNode(node("Div", "kept", "v", "four"))
            .addAllNode(List.of(rest));
        final double keptBySigmoid = 1 / (1 + Math.exp(-2));
        final Lif first = (Lif) only(OnnxFile.read(write(sigmoid), NeuronChoice.NONE).network()).model();
        assertEquals(keptBySigmoid, 1 - 1 / first.tau(), 1e-6);
        final Lif second = (Lif) only(OnnxFile.read(write(division), NeuronChoice.NONE).network()).model();
        assertEquals(0.25, 1 - 1 / second.tau(), 1e-6);
    }

    @Test
    void shouldRefuseConstantsOfOtherAxesSoftmaxInsideAndWrongSides() throws IOException {
        final float[] four = {1, 2, 3, 4};
        for (final long[] shape : new long[][] {{4}, {4, 1}, {1, 1, 1, 4}}) {
            assertThrows(FormatException.class, () -> OnnxFile.read(write(graph("out", 1, 4, 4, 4)
                .addInitializer(floats("c", four, shape)).addNode(node("Mul", "out", "x", "c"))), INTEGRATE));
        }
        for (final long[] shape : new long[][] {{4, 1, 1}, {1, 4, 1, 1}}) {
            OnnxFile.read(write(graph("out", 1, 4, 4, 4).addInitializer(floats("c", four, shape))
                .addNode(node("Mul", "out", "x", "c"))), INTEGRATE);
        }
        final OnnxMl.GraphProto.Builder softmax = graph("out", 1, 2).addInitializer(floats("w", four, 2, 2))
            .addNode(node("MatMul", "m", "x", "w")).addNode(node("Softmax", "soft", "m"));
        assertThrows(FormatException.class, () -> OnnxFile.read(write(softmax.clone()
            .addNode(node("MatMul", "out", "soft", "w"))), INTEGRATE));
        final OnnxMl.GraphProto.Builder wrong = graph("out", 1, 2).addInitializer(floats("w", four, 2, 2))
            .addNode(node("MatMul", "out", "x", "w"));
        final OnnxMl.TensorShapeProto sides = OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(1))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(3)).build();
        wrong.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setShape(sides);
        final FormatException e = assertThrows(FormatException.class, () -> OnnxFile.read(write(wrong), INTEGRATE));
        assertTrue(e.getMessage().contains("has the sides [3]"), e.getMessage());
    }

    @Test
    void shouldPadBeforeNeuronsThatAreSpelledOut() throws IOException {
        final OnnxMl.GraphProto.Builder graph = graph("s", 1, 1, 2, 2)
            .addInput(OnnxMl.ValueInfoProto.newBuilder().setName("v"))
            .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("next"))
            .addInitializer(floats("one", new float[] {1}))
            .addInitializer(OnnxModels.integers("pads", 0, 0, 1, 1, 0, 0, 1, 1))
            .addNode(node("Pad", "p", "x", "pads")).addNode(node("Add", "h", "v", "p"))
            .addNode(node("GreaterOrEqual", "b", "h", "one")).addNode(OnnxModels.with(node("Cast", "s", "b"), "to", 1))
            .addNode(node("Sub", "next", "h", "s"));
        assertEquals(new Shape(4, 4, 1), OnnxFile.read(write(graph), NeuronChoice.NONE).network().output());
    }

    @Test
    void shouldRefuseHugeClaims() throws IOException {
        final OnnxMl.TensorProto huge = floats("w", new float[0], Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThrows(FormatException.class, () -> OnnxFile.read(write(graph("out", 1, 2).addInitializer(huge)
            .addNode(node("MatMul", "out", "x", "w"))), INTEGRATE));
        assertThrows(FormatException.class, () -> OnnxFile.read(write(
            graph("out", 1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE).addNode(node("Relu", "out", "x"))),
            INTEGRATE));
    }

    @Test
    void shouldReadOrRefuseDamagedFiles() throws IOException {
        final byte[] whole = Files.readAllBytes(ReferenceData.path("emotion-plif/topology-folded.onnx"));
        final SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            final byte[] bytes = trial < 100 ? Arrays.copyOf(whole, whole.length * trial / 100) : whole.clone();
            for (int i = 0; trial >= 100 && i < 30; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
            }
            final Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
            try {
                OnnxFile.read(file, INTEGRATE);
            } catch (final FormatException e) {
                assertTrue(e.getMessage().contains("damaged.onnx"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused >= 100, "refused " + refused);
    }
}
