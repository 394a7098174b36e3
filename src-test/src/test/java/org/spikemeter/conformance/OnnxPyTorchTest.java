package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Simulator;

/** Models that PyTorch exported (resources/onnx/make.py), against what PyTorch made of them. */
class OnnxPyTorchTest {
    private static final Path MODELS = Path.of("src/test/resources/onnx");

    static Stream<String> neurons() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> name.matches("(neurons|spikingjelly)-.*[.]onnx"))
                .map(name -> name.replace(".onnx", "")).sorted().toList().stream();
        }
    }

    private static float[] inPyTorchOrder(final Shape shape, final float[] byAddress) {
        final float[] values = new float[byAddress.length];
        for (int address = 0; address < values.length; address++) {
            values[shape.channelFirstIndex(address)] = byAddress[address];
        }
        return values;
    }

    private static float[] values(final StepEvents events) {
        final float[] values = new float[events.shape().size()];
        for (int i = 0; i < events.size(); i++) {
            values[events.address(i)] = events.value(i);
        }
        return inPyTorchOrder(events.shape(), values);
    }

    private static float[] row(final ArrayStore arrays, final String name, final int step) throws IOException {
        final float[] all = arrays.get(name).toFloats();
        final int size = all.length / arrays.get(name).shape()[0];
        return Arrays.copyOfRange(all, step * size, (step + 1) * size);
    }

    @ParameterizedTest
    @MethodSource("neurons")
    void shouldRecogniseNeuronsThatAreSpelledOut(final String model) throws IOException {
        final ImportedNetwork imported = OnnxFile.read(MODELS.resolve(model + ".onnx"), NeuronChoice.NONE);
        final Network network = imported.network();
        final List<Integer> layers = IntStream.range(0, network.layers().size())
            .filter(i -> network.layers().get(i) instanceof Layer.Neurons).boxed().toList();
        assertEquals(2, layers.size());
        assertEquals(2, imported.assumptions().size(), imported.assumptions().toString());
        final Path npz = MODELS.resolve(model + ".npz");
        int spikes = 0;
        try (ArrayStore arrays = ArrayStore.open(npz);
            ArrayStepSource source = ArrayStepSource.open(npz, network.input(), Integer.MAX_VALUE);
            Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final StepEvents input = new StepEvents(network.input());
            for (int step = 0; source.next(input); step++) {
                simulator.step(input);
                for (int n = 0; n < 2; n++) {
                    final int layer = layers.get(n);
                    final String name = network.layers().get(layer).name();
                    final StepEvents output = new StepEvents(network.outputOf(layer));
                    simulator.spikes(name, output);
                    assertArrayEquals(row(arrays, "n" + n, step), values(output), model + ", step " + step);
                    final float[] v = new float[network.outputOf(layer).size()];
                    simulator.membrane(name, v);
                    assertArrayEquals(row(arrays, "v" + n, step), inPyTorchOrder(network.outputOf(layer), v), 2e-6f,
                        model + ", step " + step);
                    spikes += output.size();
                }
            }
        }
        assertTrue(spikes > 20, spikes + " spikes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet-block", "resnet-block-bn", "concat-block", "pad-block", "pad-block-opset10",
        "pad-block-constant", "shapes-ann", "shapes-ann-bn"})
    void shouldEvaluateRectifiedUnits(final String model) throws IOException {
        final Network network = OnnxFile.read(MODELS.resolve(model + ".onnx"), NeuronChoice.RECTIFIED).network();
        final boolean shapes = model.startsWith("shapes");
        final Path npz = Stream.of(shapes ? "shapes" : model, model.replaceAll("-(bn|opset10|constant)$", ""))
            .map(name -> MODELS.resolve(name + ".npz")).filter(Files::exists).findFirst().orElseThrow();
        try (ArrayStore arrays = ArrayStore.open(npz);
            ArrayStepSource source = ArrayStepSource.open(npz, network.input(), Integer.MAX_VALUE);
            Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final StepEvents input = new StepEvents(network.input());
            final StepEvents output = new StepEvents(network.output());
            for (int step = 0; source.next(input); step++) {
                simulator.step(input);
                simulator.spikes(network.layers().getLast().name(), output);
                assertArrayEquals(row(arrays, shapes ? "logits" : "y", step), values(output), shapes ? 1e-4f : 1e-5f,
                    model + ", sample " + step);
            }
        }
    }
}
