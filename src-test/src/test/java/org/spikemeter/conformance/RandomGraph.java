package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.Reset;

/**
 * Random graphs of convolutions, neurons of both kinds, rectified units, norms, scales and sums, with branches, delays
 * and edges that lead back. Weights are small binary fractions and neurons integrate, so that sums have no rounding.
 */
final class RandomGraph {
    private RandomGraph() {
    }

    /** With rectified units. */
    static Network of(final SplittableRandom random) {
        return network(random, true, index -> "layer" + index);
    }

    /** What NIR can say, with names in another order than layers. */
    static Network ofNir(final SplittableRandom random) {
        return network(random, false, index -> "layer" + index * 7 % 10);
    }

    private static Network network(
        final SplittableRandom random, final boolean rectified, final IntFunction<String> names) {
        final Shape shape = new Shape(random.nextInt(1, 5), random.nextInt(1, 5), random.nextInt(1, 4));
        final Network.Builder builder = Network.builder("graph", shape);
        final int layers = random.nextInt(2, 9);
        for (int i = 0; i < layers; i++) {
            final int any = i == layers - 1 ? 1 + random.nextInt(3) : random.nextInt(8);
            final int kind = any == 4 && !rectified ? 3 : any;
            final List<Edge> edges = new ArrayList<>();
            edges.add(new Edge(random.nextInt(-1, i), random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0));
            for (int more = 0; kind > 0 && kind < 5 && more < random.nextInt(3); more++) {
                // from anywhere, with a delay where it leads back
                final int source = random.nextInt(-1, layers);
                edges.add(new Edge(source, source >= i ? random.nextInt(1, 4) : random.nextInt(2)));
            }
            builder.add(layer(names.apply(i), kind, shape, random), edges);
        }
        return builder.build();
    }

    private static Layer layer(final String name, final int kind, final Shape shape, final SplittableRandom random) {
        final int channels = shape.channels();
        return switch (kind) {
            case 1 -> new Layer.Neurons(name, random.nextBoolean()
                ? new If(1.0f, random.nextBoolean() ? Reset.soft() : Reset.hard(-0.25f), Firing.AT_THRESHOLD)
                : new Lif(2.0, random.nextBoolean(), 0.5f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD));
            case 2 -> new Layer.Euler(name, euler(shape.size(), random));
            case 3 -> new Layer.Sum(name);
            case 4 -> new Layer.Relu(name, random.nextBoolean() ? 1.0f : Float.POSITIVE_INFINITY);
            case 5 -> new Layer.Scale(name, Tensor.of(weights(shape.size(), random), channels, shape.height(),
                shape.width()));
            case 6 -> new Layer.BatchNorm(name, Tensor.of(weights(channels, random), channels),
                Tensor.of(weights(channels, random), channels), Tensor.of(new float[channels], channels),
                Tensor.of(ones(channels), channels), 0.0);
            default -> new Layer.Conv2d(name, Tensor.of(weights(channels * channels * 9, random),
                channels, channels, 3, 3), random.nextBoolean() ? Tensor.of(weights(channels, random), channels) : null,
                Window.square(3, 1, 1), 1);
        };
    }

    private static float[] ones(final int size) {
        final float[] ones = new float[size];
        Arrays.fill(ones, 1.0f);
        return ones;
    }

    private static float[] weights(final int size, final SplittableRandom random) {
        final float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = random.nextInt(-2, 4) / 4.0f;
        }
        return weights;
    }

    private static EulerModel euler(final int size, final SplittableRandom random) {
        final float[] half = new float[size];
        Arrays.fill(half, 0.5f);
        final float[] threshold = new float[size];
        final float[] gain = new float[size];
        for (int i = 0; i < size; i++) {
            threshold[i] = random.nextInt(1, 5) / 4.0f;
            gain[i] = random.nextInt(1, 4) / 2.0f;
        }
        final boolean synaptic = random.nextBoolean();
        return new EulerModel("test", EulerModel.Membrane.LEAK, synaptic ? half : null, synaptic ? gain : null, half,
            gain, new float[size], threshold, random.nextBoolean() ? null : new float[size], Firing.ABOVE_THRESHOLD);
    }
}
