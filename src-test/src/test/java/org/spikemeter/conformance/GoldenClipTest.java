package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyReader;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;

/** Both reference networks on the lossless clips, against what SpikingJelly made of them. */
class GoldenClipTest {
    /** Golden names its layers as the network's modules; in the order of the network file's layers of neurons. */
    private static final List<String> GOLDEN_NEURONS =
        List.of("conv.2", "conv.6", "conv.10", "conv.14", "conv.18", "fc.2", "fc.4");
    private static final int FIRST_LAYER_MULTIPLIES = 9_144_576;

    static Stream<Arguments> allRuns() {
        return runs(ReferenceData.LOSSLESS_CLIPS);
    }

    static Stream<Arguments> runsWithGoldenSpikes() {
        return runs(List.of("clip-9001", "clip-9002"));
    }

    /** Where every spike equals the golden one. */
    static Stream<Arguments> runsWithEqualSpikes() {
        return Stream.of(Arguments.of("emotion-plif-sparse", "clip-9001"),
            Arguments.of("emotion-plif-sparse", "clip-9002"), Arguments.of("emotion-plif-sparse", "clip-9003"),
            Arguments.of("emotion-plif-sparse", "clip-9004"), Arguments.of("emotion-plif", "clip-9004"));
    }

    private static Stream<Arguments> runs(final List<String> clips) {
        return ReferenceData.EMOTION_NETWORKS.stream()
            .flatMap(network -> clips.stream().map(clip -> Arguments.of(network, clip)));
    }

    private static List<String> neuronLayers(final Network network) {
        return network.layers().stream().filter(Layer.Neurons.class::isInstance).map(Layer::name).toList();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allRuns")
    void shouldGiveGoldenOutputWhenClipIsLossless(final String name, final String clip) throws IOException {
        final Network network = ReferenceData.network(name);
        final JsonNode golden = ReferenceData.golden(name, clip);
        final float[] goldenPotentials =
            NpyReader.read(ReferenceData.path(name + "/golden/" + clip + "-output-v.npy")).toFloats();
        final List<String> layers = neuronLayers(network);
        final Votes votes = new Votes(network.voting().orElseThrow());
        final float[] potentials = new float[network.output().size()];
        final List<StepEvents> input = ReferenceData.steps(clip + ".mkv");
        assertEquals(68, input.size());
        long difference = 0;
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                final StepEvents output = new StepEvents(network.output());
                simulator.spikes(layers.getLast(), output);
                votes.add(output);
                assertEquals(golden.get("output_spikes").get(step).stringValue(), text(output), "step " + step);
                simulator.membrane(layers.getLast(), potentials);
                // behind a hidden spike that rounding has moved over its threshold, potentials are others
                difference += differenceOfSpikeCounts(golden, simulator.counts(), step);
                for (int i = 0; difference == 0 && i < potentials.length; i++) {
                    assertEquals(goldenPotentials[step * potentials.length + i], potentials[i], 1e-5f,
                        "potential of output neuron " + i + " after step " + step);
                }
            }
            final long total = simulator.counts().total(Operation.SPIKES);
            assertTrue(difference <= 1e-5 * total, difference + " of " + total + " spikes a layer and step differ");
        }
        final String label = votes.winner();
        assertEquals(golden.get("predicted").asInt() == 1 ? "positive" : "negative", label);
        assertEquals(golden.get("label").asInt() == 1 ? "positive" : "negative", label);
        assertEquals(golden.get("group_rate").get("negative").asDouble(), votes.rate("negative"), 1e-6);
        assertEquals(golden.get("group_rate").get("positive").asDouble(), votes.rate("positive"), 1e-6);
    }

    private static String text(final StepEvents output) {
        final StringBuilder text = new StringBuilder("0".repeat(output.shape().size()));
        for (int i = 0; i < output.size(); i++) {
            text.setCharAt(output.address(i), '1');
        }
        return text.toString();
    }

    private static long differenceOfSpikeCounts(
        final JsonNode golden, final OperationCounts counts, final int step) {
        long difference = 0;
        for (int layer = 0; layer < GOLDEN_NEURONS.size(); layer++) {
            final long expected = golden.get("spikes_per_step").get(GOLDEN_NEURONS.get(layer)).get(step).asLong();
            difference += Math.abs(counts.entries().get(layer).counts().get(Operation.SPIKES, step) - expected);
        }
        return difference;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runsWithEqualSpikes")
    void shouldCountAsGoldenWhenSpikesAreEqual(final String name, final String clip) throws IOException {
        final Network network = ReferenceData.network(name);
        final JsonNode golden = ReferenceData.golden(name, clip);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            ReferenceData.steps(clip + ".mkv").forEach(simulator::step);
            final List<OperationCounts.Entry> entries = simulator.counts().entries();
            for (int i = 0; i < entries.size(); i++) {
                final OperationCounts.Entry entry = entries.get(i);
                final String layer = network.layers().get(entry.synapticLayer()).name();
                final List<Long> synaptic = longs(golden.get("synaptic_operations_per_step").get(layer));
                // golden counts the float first frame with the others; it is multiplied, and nothing else is
                final List<Long> multiplied = new ArrayList<>(synaptic);
                multiplied.replaceAll(_ -> 0L);
                if (i == 0) {
                    assertEquals(FIRST_LAYER_MULTIPLIES, synaptic.getFirst());
                    multiplied.set(0, synaptic.set(0, 0L));
                }
                assertEquals(synaptic, perStep(entry, Operation.SYNAPTIC_ACCUMULATES), layer + ": ACC");
                assertEquals(multiplied, perStep(entry, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES), layer + ": MAC");
                assertEquals(longs(golden.get("nonzero_pooled_operations_per_step").get(layer)),
                    perStep(entry, Operation.POOLED_OPERATIONS), layer + ": pooled");
                assertEquals(longs(golden.get("spikes_per_step").get(GOLDEN_NEURONS.get(i))),
                    perStep(entry, Operation.SPIKES), layer + ": spikes");
            }
            assertEquals(longs(golden.get("input_events_per_step")),
                perStep(entries.getFirst(), Operation.INPUT_EVENTS));
        }
    }

    private static List<Long> longs(final JsonNode list) {
        return new ArrayList<>(list.valueStream().map(JsonNode::asLong).toList());
    }

    private static List<Long> perStep(final OperationCounts.Entry entry, final Operation operation) {
        return Arrays.stream(entry.counts().perStep(operation)).boxed().toList();
    }

    /** A spike that differs from golden. */
    private record Difference(int step, int layer, int address, float distance) {}

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runsWithGoldenSpikes")
    void shouldDifferOnlyAtTheThresholdWhenSpikesAreComparedOneByOne(final String name, final String clip)
        throws IOException {
        final Network network = ReferenceData.network(name);
        final List<String> layers = neuronLayers(network);
        final List<Difference> differences = new ArrayList<>();
        long spikes = 0;
        try (ArrayStore golden = ArrayStore.open(ReferenceData.path(name + "/golden/" + clip + "-spikes.npz"));
            Simulator simulator = new Simulator(new Simulator.Context().network(network).recordCurrents(true))) {
            final List<byte[]> bits = new ArrayList<>();
            final List<float[]> potentials = new ArrayList<>();
            for (int layer = 0; layer < layers.size(); layer++) {
                bits.add(golden.get(GOLDEN_NEURONS.get(layer)).toBytes());
                potentials.add(new float[shape(network, layers.get(layer)).size()]);
            }
            final List<StepEvents> input = ReferenceData.steps(clip + ".mkv");
            for (int step = 0; step < input.size(); step++) {
                for (int layer = 0; layer < layers.size(); layer++) {
                    simulator.membrane(layers.get(layer), potentials.get(layer));
                }
                simulator.step(input.get(step));
                for (int layer = 0; layer < layers.size(); layer++) {
                    final StepEvents events = new StepEvents(shape(network, layers.get(layer)));
                    simulator.spikes(layers.get(layer), events);
                    spikes += events.size();
                    compare(simulator, layers.get(layer), step, layer, events, bits.get(layer), potentials.get(layer),
                        differences);
                }
            }
        }
        assertTrue(differences.size() <= 1e-5 * spikes, differences.size() + " of " + spikes + " spikes differ");
        for (final Difference first : differences) {
            if (differences.stream().noneMatch(earlier -> causes(network, layers, earlier, first))) {
                assertTrue(first.distance <= 1e-5f, first + " has no earlier cause and is not at its threshold");
            }
        }
    }

    private static Shape shape(final Network network, final String layer) {
        return network.outputOf(network.indexOf(layer));
    }

    private static void compare(
        final Simulator simulator, final String name, final int step, final int layer, final StepEvents events,
        final byte[] golden, final float[] before, final List<Difference> differences) {
        final Shape shape = events.shape();
        final BitSet spikes = new BitSet(shape.size());
        for (int i = 0; i < events.size(); i++) {
            spikes.set(events.address(i));
        }
        float[] currents = null;
        final int rowBytes = (shape.size() + 7) / 8;
        for (int address = 0; address < shape.size(); address++) {
            final int index = shape.channelFirstIndex(address);
            final boolean expected = (golden[step * rowBytes + index / 8] >> 7 - index % 8 & 1) == 1;
            if (expected != spikes.get(address)) {
                if (currents == null) {
                    currents = new float[shape.size()];
                    simulator.current(name, currents);
                }
                final Layer.Neurons neurons =
                    (Layer.Neurons) simulator.network().layers().get(simulator.network().indexOf(name));
                final float charged = DenseStage.charge(neurons.model(), before[address], currents[address]);
                differences.add(new Difference(
                    step, layer, address, Math.abs(charged - neurons.model().vThreshold())));
            }
        }
    }

    /** The same neuron before, or a neuron of the layer before, up to this step, under the neuron's window. */
    private static boolean causes(
        final Network network, final List<String> layers, final Difference earlier, final Difference later) {
        if (earlier.layer == later.layer) {
            return earlier.address == later.address && earlier.step < later.step;
        }
        if (earlier.layer != later.layer - 1 || earlier.step > later.step) {
            return false;
        }
        final Shape shape = shape(network, layers.get(later.layer));
        final int pixel = later.address / shape.channels();
        int fromY = pixel / shape.width();
        int toY = fromY;
        int fromX = pixel % shape.width();
        int toX = fromX;
        final int sourceLayer = network.indexOf(layers.get(earlier.layer));
        for (int i = network.indexOf(layers.get(later.layer)); i > sourceLayer; i--) {
            final Window window = switch (network.layers().get(i)) {
                case Layer.Conv2d conv -> conv.window();
                case Layer.Pool2d pool -> pool.window();
                case Layer.Linear _, Layer.Sparse _ -> {
                    final Shape before = network.inputOf(i);
                    yield new Window(before.height(), before.width(), 1, 1, 0, 0, 1, 1);
                }
                case Layer.BatchNorm _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                    Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                    Window.square(1, 1, 0);
            };
            fromY = fromY * window.strideY() - window.paddingY();
            toY = toY * window.strideY() - window.paddingY() + window.dilationY() * (window.kernelY() - 1);
            fromX = fromX * window.strideX() - window.paddingX();
            toX = toX * window.strideX() - window.paddingX() + window.dilationX() * (window.kernelX() - 1);
        }
        final Shape sources = network.outputOf(sourceLayer);
        final int y = earlier.address / sources.channels() / sources.width();
        final int x = earlier.address / sources.channels() % sources.width();
        return y >= fromY && y <= toY && x >= fromX && x <= toX;
    }
}
