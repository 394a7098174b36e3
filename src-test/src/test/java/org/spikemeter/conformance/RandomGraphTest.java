package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.simulate.Simulator;

/** {@link RandomGraph} against a simulator of dense arrays that goes from layer to layer: all bits must agree. */
class RandomGraphTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 36;
    /** Steps with input, and as many without. */
    private static final int BUSY_STEPS = 12;

    private final List<float[][]> history = new ArrayList<>();

    /** The dense simulator's state of neurons. */
    private record State(float[] v, float[] current) {}

    private static float[] value(
        final Network network, final List<float[][]> history, final float[] input, final Edge edge, final int step) {
        final int at = step - edge.delay();
        if (at < 0) {
            return new float[network.input().size()];
        }
        // slot 0 is the input, slot i + 1 the output of layer i
        return edge.delay() == 0 && edge.source() == Edge.INPUT ? input : history.get(at)[edge.source() + 1];
    }

    private static float[] convolve(final Layer.Conv2d conv, final Shape shape, final float[] x) {
        final float[] y = new float[x.length];
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                for (int out = 0; out < shape.channels(); out++) {
                    float sum = 0;
                    for (int ky = 0; ky < 3; ky++) {
                        for (int kx = 0; kx < 3; kx++) {
                            final int sy = row + ky - 1;
                            final int sx = column + kx - 1;
                            for (int in = 0; in < shape.channels(); in++) {
                                sum += sy < 0 || sx < 0 || sy >= shape.height() || sx >= shape.width() ? 0
                                    : x[shape.address(sy, sx, in)]
                                        * conv.weight().get(((out * shape.channels() + in) * 3 + ky) * 3 + kx);
                            }
                        }
                    }
                    y[shape.address(row, column, out)] = sum + (conv.bias() == null ? 0 : conv.bias().get(out));
                }
            }
        }
        return y;
    }

    private interface Value {
        float of(int index);
    }

    private static float[] each(final float[] x, final Value value) {
        final float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = value.of(i);
        }
        return y;
    }

    private static float[] step(final Layer layer, final Shape shape, final float[] x, final State state) {
        return switch (layer) {
            case Layer.Conv2d conv -> convolve(conv, shape, x);
            case Layer.Neurons neurons -> {
                final NeuronModel model = neurons.model();
                final float[] spikes = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    final float h = model.charge(state.v()[i], x[i]);
                    spikes[i] = model.fires(h) ? 1 : 0;
                    state.v()[i] = model.fires(h) ? model.afterSpike(h) : h;
                }
                yield spikes;
            }
            case Layer.Euler euler -> {
                final float[] spikes = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    state.current()[i] = euler.model().current(i, state.current()[i], x[i]);
                    final float v = euler.model().charge(i, state.v()[i], state.current()[i]);
                    spikes[i] = euler.model().fires(i, v) ? 1 : 0;
                    state.v()[i] = euler.model().fires(i, v) ? euler.model().afterSpike(i, v) : v;
                }
                yield spikes;
            }
            case Layer.Relu relu -> each(x, i -> Math.min(Math.max(x[i], 0), relu.ceiling()));
            case Layer.Scale scale -> each(x, i -> x[i] * scale.factor().get(shape.channelFirstIndex(i)));
            case Layer.BatchNorm norm -> each(x, i ->
                x[i] * norm.weight().get(i % shape.channels()) + norm.bias().get(i % shape.channels()));
            default -> x;
        };
    }

    @Test
    void shouldEqualTheDenseSimulator() {
        long spikes = 0;
        int branched = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Network network = RandomGraph.of(random);
            branched += network.isChain() ? 0 : 1;
            for (final Kernels.Choice kernels : List.of(Kernels.Choice.SCALAR, Kernels.Choice.VECTOR)) {
                for (int threads = 1; threads <= 2; threads++) {
                    spikes += check(network, seed, new Simulator.Context().network(network).kernels(kernels)
                        .threads(threads));
                }
            }
        }
        assertTrue(spikes > 10_000 && branched > SEEDS / 2, spikes + " spikes, " + branched + " graphs with branches");
    }

    private long check(final Network network, final int seed, final Simulator.Context context) {
        final SplittableRandom random = new SplittableRandom(~seed);
        final Shape shape = network.input();
        final List<State> states = new ArrayList<>();
        for (final Layer layer : network.layers()) {
            final float[] v = new float[shape.size()];
            if (layer instanceof Layer.Neurons neurons) {
                Arrays.fill(v, neurons.model().reset().restingPotential());
            }
            states.add(new State(v, new float[shape.size()]));
        }
        history.clear();
        final StepEvents events = new StepEvents(shape);
        final StepEvents output = new StepEvents(shape);
        long spikes = 0;
        try (Simulator simulator = new Simulator(context)) {
            for (int step = 0; step < STEPS; step++) {
                final float[] input = new float[shape.size()];
                events.clear();
                for (int i = 0; i < input.length; i++) {
                    input[i] = step / BUSY_STEPS % 2 == 0 && random.nextInt(3) == 0 ? 1 : 0;
                    events.add(i, input[i]);
                }
                final float[][] values = new float[network.layers().size() + 1][];
                values[0] = input;
                history.add(values);
                for (int i = 0; i < network.layers().size(); i++) {
                    final float[] x = new float[input.length];
                    for (final Edge edge : network.edgesOf(i)) {
                        final float[] from = value(network, history, input, edge, step);
                        for (int j = 0; j < x.length; j++) {
                            x[j] += from[j];
                        }
                    }
                    values[i + 1] = step(network.layers().get(i), shape, x, states.get(i));
                }
                simulator.step(events);
                for (int i = 0; i < network.layers().size(); i++) {
                    if (network.layers().get(i).spikes()) {
                        simulator.spikes(network.layers().get(i).name(), output);
                        final float[] actual = new float[input.length];
                        for (int e = 0; e < output.size(); e++) {
                            actual[output.address(e)] = output.value(e);
                        }
                        assertArrayEquals(values[i + 1], actual, "seed " + seed + ", step " + step + ", layer " + i
                            + " of " + network.layers() + network.edgesOf(i));
                        spikes += output.size();
                    }
                }
            }
            assertEquals(spikes, spikesCounted(network, simulator.counts()), "seed " + seed);
        }
        return spikes;
    }

    private static long spikesCounted(final Network network, final OperationCounts counts) {
        return counts.entries().stream().filter(entry -> entry.outputLayer() != OperationCounts.NO_LAYER
            && network.layers().get(entry.outputLayer()).spikes())
            .mapToLong(entry -> entry.counts().total(Operation.SPIKES)).sum();
    }
}
