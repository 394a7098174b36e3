package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.convert.Agreement;
import org.spikemeter.engine.convert.WeightNormalisation;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.convert.Conversion;

/** Artificial networks as spiking ones: decisions of a trained one, and rates of random ones. */
class ConversionTest {
    private static final Path MODELS = Path.of("src/test/resources/onnx");
    private static final int MANY_STEPS = 4000;

    private static Conversion convert(
        final Network network, final List<StepEvents> samples, final double percentile) throws IOException {
        return Conversion.of(network, samples, percentile, new ListStepSource(network.input(), samples),
            each -> new Simulator.Context().network(each));
    }

    private static Network model(final String name) throws IOException {
        return OnnxFile.read(MODELS.resolve(name + ".onnx"), NeuronChoice.RECTIFIED).network();
    }

    private static List<StepEvents> samples(final String npz, final Network network) throws IOException {
        try (ArrayStepSource source =
            ArrayStepSource.open(MODELS.resolve(npz + ".npz"), network.input(), Integer.MAX_VALUE)) {
            return ListStepSource.drain(source);
        }
    }

    @ParameterizedTest
    @CsvSource({"shapes-ann, 100", "shapes-ann, 99.9", "shapes-ann-bn, 100", "shapes-ann-bn, 99.9"})
    void shouldDecideAsTheTrainedNetwork(final String name, final double percentile) throws IOException {
        final Network network = model(name);
        final Conversion conversion = convert(network, samples("shapes", network), percentile);
        assertEquals(200, conversion.samples());
        final List<Agreement.Point> points = conversion.points();
        assertEquals(List.of(8, 16, 32, 68, 128), points.stream().map(Agreement.Point::steps).toList());
        assertTrue(points.getLast().agreement() >= 0.98, points.toString());
        assertTrue(points.getLast().error() < points.getFirst().error() / 4, points.toString());
    }

    /** Rates come as near as one likes: soft reset loses nothing, so the mean output differs as 1 / steps. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet-block", "resnet-block-bn", "shapes-ann-bn"})
    void shouldComeNearTheActivationsInManySteps(final String name) throws IOException {
        final Network network = model(name);
        final List<StepEvents> samples = samples(name.startsWith("shapes") ? "shapes" : "resnet-block", network);
        assertNear(network, samples.subList(0, 8), name);
    }

    @Test
    void shouldComeNearTheActivationsOfRandomGraphs() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Network network = network(random);
            final List<StepEvents> samples = new ArrayList<>();
            for (int sample = 0; sample < 3; sample++) {
                final StepEvents events = new StepEvents(network.input());
                for (int i = 0; i < network.input().size(); i++) {
                    events.add(i, random.nextInt(3) == 0 ? 0.0f : (float) random.nextDouble(-1, 1));
                }
                samples.add(events);
            }
            assertNear(network, samples, "seed " + seed);
        }
    }

    private static void assertNear(final Network network, final List<StepEvents> samples, final String what)
        throws IOException {
        final Conversion conversion = convert(network, samples, 100);
        final List<Double> lambda = conversion.scales().stream().map(Conversion.Scale::lambda).toList();
        final List<Integer> units = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i) instanceof Layer.Relu) {
                units.add(i);
            }
        }
        final WeightNormalisation.Converted converted =
            WeightNormalisation.convert(network, layer -> lambda.get(units.indexOf(layer)));
        try (Simulator ann = new Simulator(new Simulator.Context().network(network));
            Simulator snn = new Simulator(new Simulator.Context().network(converted.network()))) {
            final Agreement agreement = new Agreement(ann, snn, converted.outputUnit(), MANY_STEPS / 10, MANY_STEPS);
            samples.forEach(agreement::add);
            // ten times as many steps, a tenth of the error: a scale that is wrong would stay
            assertTrue(agreement.points().getLast().error() < 0.002 + agreement.points().getFirst().error() / 7,
                what + ": " + agreement.points());
        }
    }

    /** Branches that end in sums and concatenations, pools, norms, ceilings; the last layer with units or without. */
    private static Network network(final SplittableRandom random) {
        final Shape shape = new Shape(4, 4, 2);
        final Network.Builder builder = Network.builder("random", shape);
        int before = Edge.INPUT;
        for (int block = 0; block < 3; block++) {
            final String name = "block" + block;
            final int channels = before == Edge.INPUT ? 2 : builder.shapeAt(Edge.from(before)).channels();
            builder.add(convolution(name + ".conv", 2, channels, random), List.of(Edge.from(before)));
            if (random.nextBoolean()) {
                builder.add(new Layer.BatchNorm(name + ".norm", tensor(random, 2), tensor(random, 2), tensor(random, 2),
                    Tensor.of(new float[] {0.5f, 2.0f}, 2), 1e-5));
            }
            final int last = builder.size() - 1;
            final int residual = random.nextInt(3);
            if (residual == 0 && channels == 2) {
                builder.add(new Layer.Sum(name + ".sum"), List.of(Edge.from(last), Edge.from(before)));
            }
            builder.add(new Layer.Relu(name + ".relu", random.nextInt(3) == 0 ? 0.7f : Float.POSITIVE_INFINITY));
            if (residual == 1) {
                builder.add(new Layer.Concat(name + ".concat"),
                    List.of(Edge.from(builder.size() - 1), Edge.from(before)));
            }
            if (block == 1) {
                builder.add(new Layer.Pool2d(name + ".pool", Layer.Pooling.AVERAGE, Window.square(2, 1, 0)));
            }
            before = builder.size() - 1;
        }
        if (random.nextBoolean()) {
            builder.add(convolution("last", 3, builder.shapeAt(Edge.from(before)).channels(), random));
        }
        return builder.build();
    }

    private static Layer convolution(
        final String name, final int out, final int in, final SplittableRandom random) {
        return new Layer.Conv2d(name, tensor(random, out, in, 3, 3), random.nextBoolean() ? tensor(random, out) : null,
            Window.square(3, 1, 1), 1);
    }

    private static Tensor tensor(final SplittableRandom random, final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(values, shape);
    }

    @Test
    void shouldRefuseWhatIsNoArtificialNetwork() {
        final Network spiking = RandomNetwork.of(3);
        assertThrows(IllegalArgumentException.class, () -> WeightNormalisation.convert(spiking, layer -> 1.0));
        final Network linear = Network.builder("linear", Shape.flat(1))
            .add(new Layer.Linear("fc", Tensor.of(new float[1], 1, 1), null)).build();
        assertThrows(IllegalArgumentException.class, () -> WeightNormalisation.convert(linear, layer -> 1.0));
    }
}
