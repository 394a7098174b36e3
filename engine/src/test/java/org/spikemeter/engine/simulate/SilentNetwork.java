package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * A random network with room for silence, and input for it that is silent mostly: wide rows, neurons of every form, of
 * which some drive themselves and some do so almost. The same for the same seed.
 */
final class SilentNetwork {
    /** Products a step that one layer may have. */
    private static final long MAX_PRODUCTS = 250_000;
    private static final int[] CHANNELS = {1, 2, 3, 4, 8, 15, 16, 17, 32, 48};
    /** Whole vectors of any machine. */
    private static final int[] VECTORS = {16, 32};
    private static final double[] TAUS = {1.0, 1.001, 1.5, 2.0, 2.3, 3.7, 4.0, 64.0, 1e6};

    /** How the biases of a layer are meant. */
    private enum Drive {
        NONE, BELOW, SOME, ABOVE, ANY
    }

    private final Random random;
    private final Network.Builder builder;
    private Shape shape;
    private int names;

    private SilentNetwork(final long seed, final int height, final int width) {
        random = new Random(seed);
        shape = new Shape(1 + random.nextInt(height),
            random.nextInt(3) == 0 ? 60 + random.nextInt(10) : 1 + random.nextInt(width), random.nextInt(3) + 1);
        builder = Network.builder("seed " + seed, shape);
    }

    static Network of(final long seed) {
        return new SilentNetwork(seed, 40, 150).build();
    }

    /** Neurons in whole vectors, pooled: their spikes go to the pool as bits. */
    static Network pooled(final long seed) {
        return new SilentNetwork(seed, 12, 60).buildPooled();
    }

    /** 50 to 150 steps: silence with bursts, a busy time, silence again, and so on. */
    static List<StepEvents> input(final long seed, final Shape shape) {
        final Random random = new Random(~seed);
        final boolean valued = random.nextInt(3) == 0;
        final int steps = 50 + random.nextInt(101);
        final List<StepEvents> input = new ArrayList<>();
        int busy = 0;
        while (input.size() < steps) {
            if (busy == 0 && random.nextInt(25) == 0) {
                busy = 1 + random.nextInt(12);
            }
            if (busy > 0) {
                busy--;
                input.add(RandomInputs.events(random, shape, 0.02 + 0.5 * random.nextDouble(), valued));
            } else {
                input.add(random.nextInt(4) == 0 ? burst(random, shape, valued) : new StepEvents(shape));
            }
        }
        return input;
    }

    /** A few events close together, or strewn over the grid. */
    private static StepEvents burst(final Random random, final Shape shape, final boolean valued) {
        if (random.nextInt(3) == 0) {
            return RandomInputs.events(random, shape, 4.0 / shape.size(), valued);
        }
        final int y = random.nextInt(shape.height());
        final int x = random.nextInt(shape.width());
        final int side = 1 + random.nextInt(6);
        final StepEvents events = new StepEvents(shape);
        for (int sourceY = y; sourceY < Math.min(y + side, shape.height()); sourceY++) {
            for (int sourceX = x; sourceX < Math.min(x + side, shape.width()); sourceX++) {
                for (int c = 0; c < shape.channels(); c++) {
                    if (random.nextBoolean()) {
                        events.add(shape.address(sourceY, sourceX, c),
                            valued ? 4.0f * random.nextFloat() - 1.0f : 1.0f);
                    }
                }
            }
        }
        return events;
    }

    private Network build() {
        final int blocks = 1 + random.nextInt(3);
        for (int i = 0; i < blocks; i++) {
            if (i > 0 && random.nextInt(3) == 0) {
                addPool(Layer.Pooling.values()[random.nextInt(3)]);
            }
            addConvolution();
        }
        if (random.nextBoolean()) {
            addLinear();
        }
        return builder.build();
    }

    private Network buildPooled() {
        for (int i = 0; i < 2; i++) {
            addConvolution(window(), VECTORS[random.nextInt(VECTORS.length)], 1);
            addPool(random.nextBoolean() ? Layer.Pooling.AVERAGE : Layer.Pooling.SUM);
        }
        addConvolution(window(), CHANNELS[random.nextInt(CHANNELS.length)], 1);
        return builder.build();
    }

    private void addPool(final Layer.Pooling pooling) {
        final Window window = Window.square(2, 2, random.nextInt(2));
        if (fits(window)) {
            builder.add(new Layer.Pool2d(name("pool"), pooling, window));
            shape = window.output(shape, shape.channels());
        }
    }

    private boolean fits(final Window window) {
        return window.outputHeight(shape.height()) > 0 && window.outputWidth(shape.width()) > 0;
    }

    private Window window() {
        Window window;
        do {
            window = random.nextBoolean() ? Window.square(3, 1, 1)
                : new Window(RandomInputs.between(random, 1, 5), RandomInputs.between(random, 1, 5),
                RandomInputs.between(random, 1, 2), RandomInputs.between(random, 1, 2), random.nextInt(3),
                random.nextInt(3), RandomInputs.between(random, 1, 2), RandomInputs.between(random, 1, 2));
        } while (!fits(window));
        return window;
    }

    private void addConvolution() {
        final Window window = window();
        final int groups = random.nextInt(4) == 0 ? shape.channels() : 1;
        final long products = (long) window.outputHeight(shape.height()) * window.outputWidth(shape.width())
            * window.kernelY() * window.kernelX() * shape.channels() / groups;
        final int wanted = CHANNELS[random.nextInt(CHANNELS.length)];
        addConvolution(window, groups * Math.clamp(MAX_PRODUCTS / products / groups, 1, Math.ceilDiv(wanted, groups)),
            groups);
    }

    private void addConvolution(final Window window, final int out, final int groups) {
        final int inGroup = shape.channels() / groups;
        final NeuronModel model = model();
        builder.add(new Layer.Conv2d(name("conv"), weights(model, window.kernelY() * window.kernelX() * inGroup, out,
            inGroup, window.kernelY(), window.kernelX()), bias(model, out), window, groups));
        shape = window.output(shape, out);
        builder.add(new Layer.Neurons(name("neurons"), model));
    }

    private void addLinear() {
        final int out = Math.clamp(MAX_PRODUCTS / shape.size(), 1, CHANNELS[random.nextInt(CHANNELS.length)]);
        final NeuronModel model = model();
        builder.add(new Layer.Flatten(name("flatten")));
        builder.add(new Layer.Linear(name("fc"), weights(model, shape.size(), out, shape.size()), bias(model, out)));
        shape = Shape.flat(out);
        builder.add(new Layer.Neurons(name("neurons"), model));
    }

    private String name(final String kind) {
        names++;
        return kind + names;
    }

    /** From those that a few events hardly move to those with which one makes a soft reset fire for several steps. */
    private Tensor weights(final NeuronModel model, final int fanIn, final int... dimensions) {
        int size = 1;
        for (final int side : dimensions) {
            size *= side;
        }
        final float[] gains = {0.5f, 1.0f, 2.0f, 5.0f};
        final float gain = gains[random.nextInt(gains.length)] * Math.max(0.1f, Math.abs(model.vThreshold()))
            / (float) Math.cbrt(fanIn);
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(10) == 0 ? 0.0f : gain * (2.0f * random.nextFloat() - 0.7f);
        }
        return Tensor.of(values, dimensions);
    }

    private NeuronModel model() {
        final float threshold = switch (random.nextInt(12)) {
            case 0 -> 0.0f;
            case 1 -> -0.2f;
            case 2 -> 1e-3f;
            case 3, 4, 5 -> 0.05f + random.nextFloat();
            case 6, 7, 8 -> 0.4f;
            default -> 1.0f;
        };
        final Reset reset = switch (random.nextInt(8)) {
            case 0, 1, 2 -> Reset.soft();
            case 3, 4 -> Reset.hard(0.0f);
            case 5 -> Reset.hard(-0.0f);
            case 6 -> Reset.hard(-0.1f);
            default -> Reset.hard(random.nextInt(3) == 0 ? threshold : 0.5f * threshold);
        };
        final Firing firing = Firing.values()[random.nextInt(2)];
        return switch (random.nextInt(4)) {
            case 0 -> new If(threshold, reset, firing);
            case 1 -> new Lif(TAUS[random.nextInt(TAUS.length)], random.nextBoolean(), threshold, reset, firing);
            // most often the equation that vector kernels are made for
            default -> new Plif(random.nextBoolean() ? 0.0f : 16.0f * random.nextFloat() - 8.0f,
                random.nextInt(4) > 0, threshold, reset, firing);
        };
    }

    /** The input that drives a neuron to its threshold. */
    private static float drive(final NeuronModel model) {
        final Charge charge = model.charge();
        final double rate = charge.divide() ? 1.0 / charge.rate() : charge.rate();
        final double distance = (double) model.vThreshold() - charge.rest();
        return (float) switch (charge.form()) {
            case INTEGRATE -> 0.0;
            case DECAYED_INPUT, DECAYED_INPUT_TO_RESET -> distance;
            case LEAK -> distance * (1.0 - charge.retain());
            case LEAK_TO_RESET -> distance * rate;
        };
    }

    private Tensor bias(final NeuronModel model, final int channels) {
        final Drive meant = Drive.values()[random.nextInt(Drive.values().length)];
        if (meant == Drive.NONE && random.nextBoolean()) {
            return null;
        }
        final float drive = drive(model);
        final float scale = Math.max(0.1f, Math.abs(model.vThreshold()));
        final float[] bias = new float[channels];
        for (int c = 0; c < channels; c++) {
            final Drive of = meant != Drive.SOME ? meant : random.nextInt(4) == 0 ? Drive.ABOVE : Drive.BELOW;
            bias[c] = switch (of) {
                case NONE -> random.nextBoolean() ? 0.0f : -0.0f;
                case BELOW -> drive - scale * (random.nextBoolean() ? 1e-4f : random.nextFloat());
                case ABOVE -> drive + scale * (random.nextBoolean() ? 1e-3f : 0.3f) * random.nextFloat();
                default -> random.nextInt(3) == 0 ? drive + random.nextInt(3) * Math.ulp(drive)
                    : scale * (random.nextFloat() - 0.7f);
            };
        }
        return Tensor.of(bias, channels);
    }
}
