package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/** A random network and random input for it; the same for the same seed. */
final class RandomNetwork {
    private static final int STEPS = 6;
    private static final int SILENT_STEPS = 44;
    /** Products a step that one layer may have, so that the oracle stays quick. */
    private static final long MAX_PRODUCTS = 150_000;
    private static final int[] SIDES = {1, 2, 3, 4, 5, 7, 9, 12};
    /** Around the lanes of vectors of 128 to 512 bits. */
    private static final int[] CHANNELS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33};
    private static final double[] DENSITIES = {0.0, 0.004, 0.05, 0.2, 0.5, 0.95, 1.0};

    private final SplittableRandom random;
    /** Nothing that NIR cannot say. */
    private final boolean nir;
    private final Network.Builder builder;
    private Shape shape;
    private int names;

    private RandomNetwork(final long seed, final boolean nir) {
        this.nir = nir;
        random = new SplittableRandom(seed);
        shape = new Shape(pick(SIDES), pick(SIDES), pick(CHANNELS));
        builder = Network.builder("seed " + seed, shape);
    }

    static Network of(final long seed) {
        return new RandomNetwork(seed, false).build();
    }

    /** What NIR can say: no maximum, the same padding on both sides, and factors k that are time constants too. */
    static Network ofNir(final long seed) {
        return new RandomNetwork(seed, true).build();
    }

    /** Steps of input: silent to full; spikes, signed, analog, or spikes with a single other value. */
    static List<StepEvents> input(final long seed, final Shape shape) {
        final SplittableRandom random = new SplittableRandom(~seed);
        final List<StepEvents> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            final double density = DENSITIES[random.nextInt(DENSITIES.length)];
            final int kind = random.nextInt(5);
            final StepEvents events = new StepEvents(shape);
            final int odd = random.nextInt(shape.size());
            for (int address = 0; address < shape.size(); address++) {
                final boolean event = random.nextDouble() < density;
                final float analog = 2.0f * random.nextFloat() - 1.0f;
                final boolean negative = random.nextBoolean();
                events.add(address, !event ? 0.0f : switch (kind) {
                    case 0 -> analog;
                    case 1 -> negative ? -1.0f : 1.0f;
                    case 2 -> address == odd ? 2.0f : 1.0f;
                    default -> 1.0f;
                });
            }
            steps.add(events);
        }
        return steps;
    }

    /** Steps of input: silence, a few events now and then, and two times a few steps full of them. */
    static List<StepEvents> silentInput(final long seed, final Shape shape) {
        final SplittableRandom random = new SplittableRandom(~seed);
        final List<StepEvents> steps = new ArrayList<>();
        for (int step = 0; step < SILENT_STEPS; step++) {
            final boolean busy = step % (SILENT_STEPS / 2) < 4;
            final double density = busy ? 0.6 : random.nextInt(5) == 0 ? 1.5 / shape.size() : 0.0;
            final StepEvents events = new StepEvents(shape);
            for (int address = 0; address < shape.size(); address++) {
                if (random.nextDouble() < density) {
                    events.add(address, random.nextInt(8) == 0 ? 2.0f * random.nextFloat() - 1.0f : 1.0f);
                }
            }
            steps.add(events);
        }
        return steps;
    }

    private Network build() {
        final int blocks = random.nextInt(4);
        for (int i = 0; i < blocks; i++) {
            addBlock();
        }
        if (blocks == 0 || chance(0.6)) {
            if (shape.pixels() > 1 || chance(0.5)) {
                builder.add(new Layer.Flatten(name("flatten")));
            }
            addFlatBlock();
            if (chance(0.5)) {
                addFlatBlock();
            }
        } else if (chance(0.2)) {
            addPool();
        }
        if (builder.size() == 0) {
            addNeurons();
        }
        return builder.build();
    }

    private void addBlock() {
        while (chance(0.4)) {
            addPool();
        }
        if (chance(0.85)) {
            addConvolution();
        }
        while (chance(0.3)) {
            addBatchNorm();
        }
        if (chance(0.85)) {
            addNeurons();
        }
    }

    private void addPool() {
        final int kernelY = random.nextInt(1, 4);
        final int kernelX = random.nextInt(1, 4);
        final Window window = allowed(new Window(kernelY, kernelX, random.nextInt(1, 4), random.nextInt(1, 4),
            random.nextInt(kernelY / 2 + 1), random.nextInt(kernelX / 2 + 1), 1, 1,
            random.nextInt(kernelY / 2 + 1), random.nextInt(kernelX / 2 + 1)));
        if (fits(window)) {
            final Layer.Pooling pooling = Layer.Pooling.values()[random.nextInt(nir ? 2 : 3)];
            builder.add(new Layer.Pool2d(name(pooling + "_pool"), pooling, window));
            shape = window.output(shape, shape.channels());
        }
    }

    private Window allowed(final Window window) {
        return !nir ? window : new Window(window.kernelY(), window.kernelX(), window.strideY(), window.strideX(),
            window.paddingY(), window.paddingX(), window.dilationY(), window.dilationX());
    }

    private boolean fits(final Window window) {
        return window.outputHeight(shape.height()) > 0 && window.outputWidth(shape.width()) > 0;
    }

    private void addConvolution() {
        final Window window = allowed(new Window(random.nextInt(1, 5), random.nextInt(1, 5), random.nextInt(1, 4),
            random.nextInt(1, 4), random.nextInt(4), random.nextInt(4), random.nextInt(1, 3), random.nextInt(1, 3),
            random.nextInt(4), random.nextInt(4)));
        int out = chance(0.25) ? shape.channels() * random.nextInt(1, 3) : pick(CHANNELS);
        final List<Integer> groupings = new ArrayList<>();
        for (int groups = 1; groups <= out; groups++) {
            if (shape.channels() % groups == 0 && out % groups == 0) {
                groupings.add(groups);
            }
        }
        final int groups = chance(0.5) ? 1 : groupings.get(random.nextInt(groupings.size()));
        if (!fits(window)) {
            return;
        }
        final int inGroup = shape.channels() / groups;
        final int taps = window.kernelY() * window.kernelX();
        final long products = (long) window.outputHeight(shape.height()) * window.outputWidth(shape.width()) * taps
            * inGroup;
        if (products * out > MAX_PRODUCTS) {
            out = (int) Math.max(1, MAX_PRODUCTS / products / groups) * groups;
        }
        builder.add(new Layer.Conv2d(name("conv"),
            weights(inGroup * taps, out, inGroup, window.kernelY(), window.kernelX()),
            chance(0.5) ? weights(4, out) : null, window, groups));
        shape = window.output(shape, out);
    }

    private void addBatchNorm() {
        final int channels = shape.channels();
        final float[] variance = new float[channels];
        for (int c = 0; c < channels; c++) {
            variance[c] = 0.05f + 2.0f * random.nextFloat();
        }
        builder.add(new Layer.BatchNorm(name("bn"), weights(1, channels), weights(8, channels), weights(8, channels),
            Tensor.of(variance, channels), 1e-5));
    }

    private void addFlatBlock() {
        final int targets = (int) Math.min(pick(CHANNELS), Math.max(1, MAX_PRODUCTS / shape.size()));
        final Tensor bias = chance(0.5) ? weights(4, targets) : null;
        if (chance(0.75)) {
            builder.add(new Layer.Linear(name("fc"), weights(shape.size(), targets, shape.size()), bias));
        } else {
            builder.add(new Layer.Sparse(name("sparse"), connections(shape.size(), targets), bias));
        }
        shape = Shape.flat(targets);
        if (chance(0.3)) {
            addBatchNorm();
        }
        if (chance(0.85)) {
            addNeurons();
        }
    }

    private Connections connections(final int sources, final int targets) {
        final int[] rowStart = new int[sources + 1];
        final List<Integer> target = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            for (int t = 0; t < targets; t++) {
                if (chance(0.3)) {
                    target.add(t);
                }
            }
            rowStart[source + 1] = target.size();
        }
        final float[] weight = target.isEmpty() ? new float[0] : weights(sources, target.size()).toArray();
        return new Connections(targets, rowStart, target.stream().mapToInt(Integer::intValue).toArray(), weight);
    }

    private void addNeurons() {
        builder.add(new Layer.Neurons(name("neurons"), neuron()));
    }

    private NeuronModel neuron() {
        final float threshold = chance(0.05) ? 0.0f : 0.05f + random.nextFloat();
        final Reset reset = switch (random.nextInt(7)) {
            case 0, 1 -> Reset.soft();
            case 2, 3 -> Reset.hard(0.0f);
            case 4 -> Reset.hard(-0.0f);
            case 5 -> Reset.hard(-0.1f);
            default -> Reset.hard(chance(0.3) ? threshold : 0.5f * threshold);
        };
        final Firing firing = chance(0.7) ? Firing.AT_THRESHOLD : Firing.ABOVE_THRESHOLD;
        final double[] taus = {1.0, 1.5, 2.0, 2.3, 3.0, 4.0};
        return switch (random.nextInt(3)) {
            case 0 -> new If(threshold, reset, firing);
            case 1 -> new Lif(taus[random.nextInt(taus.length)], random.nextBoolean(), threshold, reset, firing);
            default -> new Plif(nir ? 0.0f : 6.0f * random.nextFloat() - 3.0f, random.nextBoolean(), threshold,
                reset, firing);
        };
    }

    /** Some of them zero, of either sign; more positive than negative ones, so that deep layers fire. */
    private Tensor weights(final int fanIn, final int... dimensions) {
        int size = 1;
        for (final int dimension : dimensions) {
            size *= dimension;
        }
        final float gain = (float) (3.0 / Math.sqrt(fanIn));
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            final float value = gain * (random.nextFloat() - 0.4f);
            values[i] = chance(0.1) ? Math.copySign(0.0f, value) : value;
        }
        return Tensor.of(values, dimensions);
    }

    private String name(final String kind) {
        names++;
        return kind.toLowerCase(Locale.ROOT) + names;
    }

    private boolean chance(final double probability) {
        return random.nextDouble() < probability;
    }

    private int pick(final int[] from) {
        return from[random.nextInt(from.length)];
    }
}
