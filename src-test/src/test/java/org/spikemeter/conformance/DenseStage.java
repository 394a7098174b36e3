package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.count.Operation;
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

/** Pools, synapses and neurons of {@link DenseOracle}. */
final class DenseStage {
    private final List<Layer.Pool2d> pools;
    /** Grid into each pool, then the grid into the synapses. */
    private final List<Shape> grids = new ArrayList<>();
    private final Layer synapses;
    private final double[] scale;
    private final float[] bias;
    private final NeuronModel neuron;
    private final int synapticLayer;
    private final int outputLayer;
    private final Shape output;
    private final float[][][] membrane;
    private final int[][][] lastUpdate;
    /** First pool behind the last max pool: from here on all is linear, and events are counted here. */
    private final int firstLinear;
    private final long[][][] fanOut;
    private final long[][][] zeroFanOut;
    private final long[][][] pooledFanOut;
    private final Map<Operation, List<Long>> counts = new EnumMap<>(Operation.class);
    private float[][][] current;
    private float[][][] emitted;
    private int step;

    /** Told of each synapse of a target, in ascending order of sources. */
    @FunctionalInterface
    interface Synapse {
        void from(int y, int x, int c, float weight);
    }

    DenseStage(
        final Network network, final Shape input, final List<Layer.Pool2d> pools, final int synapticLayer,
        final List<Layer.BatchNorm> norms, final NeuronModel neuron, final int outputLayer) {
        this.pools = List.copyOf(pools);
        this.synapses = network.layers().get(synapticLayer);
        this.synapticLayer = synapticLayer;
        this.outputLayer = outputLayer;
        this.neuron = neuron;
        grids.add(input);
        int linearFrom = 0;
        for (int i = 0; i < pools.size(); i++) {
            final Shape before = grids.getLast();
            grids.add(new Shape(
                windows(before.height(), pools.get(i).window().kernelY(), pools.get(i).window().strideY(),
                    pools.get(i).window().paddingY() + pools.get(i).window().endY(), 1),
                windows(before.width(), pools.get(i).window().kernelX(), pools.get(i).window().strideX(),
                    pools.get(i).window().paddingX() + pools.get(i).window().endX(), 1), before.channels()));
            linearFrom = pools.get(i).pooling() == Layer.Pooling.MAX ? i + 1 : linearFrom;
        }
        this.firstLinear = linearFrom;
        final Shape sources = grids.getLast();
        this.output = switch (synapses) {
            case Layer.Conv2d conv -> new Shape(
                windows(sources.height(), conv.window().kernelY(), conv.window().strideY(),
                    conv.window().paddingY() + conv.window().endY(),
                    conv.window().dilationY()),
                windows(sources.width(), conv.window().kernelX(), conv.window().strideX(),
                    conv.window().paddingX() + conv.window().endX(),
                    conv.window().dilationX()), conv.weight().dimension(0));
            case Layer.Linear linear -> Shape.flat(linear.weight().dimension(0));
            case Layer.Sparse sparse -> Shape.flat(sparse.connections().targets());
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                sources;
        };
        final Tensor ownBias = switch (synapses) {
            case Layer.Conv2d conv -> conv.bias();
            case Layer.Linear linear -> linear.bias();
            case Layer.Sparse sparse -> sparse.bias();
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                null;
        };
        this.scale = norms.isEmpty() ? null : new double[output.channels()];
        this.bias = norms.isEmpty() && ownBias == null ? null : new float[output.channels()];
        fold(norms, ownBias);
        this.membrane = Grids.zeros(output);
        final float start = neuron != null && neuron.reset() instanceof Reset.Hard(float vReset) ? vReset : 0.0f;
        this.lastUpdate = new int[output.height()][output.width()][output.channels()];
        forEach(output, (y, x, c) -> {
            membrane[y][x][c] = start;
            lastUpdate[y][x][c] = -1;
        });
        this.fanOut = fanOut(firstLinear, false);
        this.zeroFanOut = fanOut(firstLinear, true);
        this.pooledFanOut = fanOut(pools.size(), false);
        for (final Operation operation : Operation.values()) {
            counts.put(operation, new ArrayList<>());
        }
    }

    /** PyTorch: floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1. */
    private static int windows(
        final int size, final int kernel, final int stride, final int padding, final int dilation) {
        return (size + padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    /** Batch norm: {@code y = (x - mean) / sqrt(var + eps) * weight + bias}, in float64, rounded once. */
    private void fold(final List<Layer.BatchNorm> norms, final Tensor ownBias) {
        for (int c = 0; bias != null && c < output.channels(); c++) {
            double factor = 1.0;
            double shift = ownBias == null ? 0.0 : ownBias.get(c);
            for (final Layer.BatchNorm norm : norms) {
                final double of = norm.weight().get(c) / Math.sqrt(norm.runningVar().get(c) + norm.eps());
                shift = norm.bias().get(c) - norm.runningMean().get(c) * of + of * shift;
                factor = of * factor;
            }
            bias[c] = (float) shift;
            if (scale != null) {
                scale[c] = factor;
            }
        }
    }

    float folded(final float weight, final int channel) {
        return scale == null ? weight : (float) (weight * scale[channel]);
    }

    /** All existing synapses into a target; taps in the padding do not exist. */
    void synapses(final int y, final int x, final int out, final Synapse each) {
        final Shape sources = grids.getLast();
        switch (synapses) {
            case Layer.Conv2d conv -> convolution(conv, y, x, out, each);
            case Layer.Linear linear -> forEach(sources, (sy, sx, sc) -> {
                final int column = (sc * sources.height() + sy) * sources.width() + sx;
                each.from(sy, sx, sc, folded(linear.weight().get(out * sources.size() + column), out));
            });
            case Layer.Sparse sparse -> forEach(sources, (sy, sx, sc) -> {
                final int source = (sc * sources.height() + sy) * sources.width() + sx;
                for (int i = sparse.connections().start(source); i < sparse.connections().start(source + 1); i++) {
                    if (sparse.connections().target(i) == out) {
                        each.from(sy, sx, sc, folded(sparse.connections().weight(i), out));
                    }
                }
            });
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                each.from(y, x, out, folded(1.0f, out));
        }
    }

    private void convolution(final Layer.Conv2d conv, final int y, final int x, final int out, final Synapse each) {
        final Shape sources = grids.getLast();
        final Window window = conv.window();
        final int inGroup = sources.channels() / conv.groups();
        final int group = out / (output.channels() / conv.groups());
        for (int ky = 0; ky < window.kernelY(); ky++) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int sy = y * window.strideY() - window.paddingY() + ky * window.dilationY();
                final int sx = x * window.strideX() - window.paddingX() + kx * window.dilationX();
                if (sy < 0 || sy >= sources.height() || sx < 0 || sx >= sources.width()) {
                    continue;
                }
                for (int c = 0; c < inGroup; c++) {
                    final int index = ((out * inGroup + c) * window.kernelY() + ky) * window.kernelX() + kx;
                    each.from(sy, sx, group * inGroup + c, folded(conv.weight().get(index), out));
                }
            }
        }
    }

    /** Synapses that each value before pool {@code from} has, through every window of the pools behind it. */
    private long[][][] fanOut(final int from, final boolean zeroOnly) {
        final Shape shape = grids.get(from);
        final long[][][] paths = new long[shape.height()][shape.width()][shape.channels()];
        forEach(output, (y, x, c) -> synapses(y, x, c, (sy, sx, sc, weight) -> {
            if (!zeroOnly || weight == 0.0f) {
                addPaths(paths, from, pools.size(), sy, sx, sc);
            }
        }));
        return paths;
    }

    private void addPaths(
        final long[][][] paths, final int from, final int pool, final int y, final int x, final int c) {
        if (pool == from) {
            paths[y][x][c]++;
            return;
        }
        final Window window = pools.get(pool - 1).window();
        final Shape before = grids.get(pool - 1);
        for (int ky = 0; ky < window.kernelY(); ky++) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int sy = y * window.strideY() - window.paddingY() + ky;
                final int sx = x * window.strideX() - window.paddingX() + kx;
                if (sy >= 0 && sy < before.height() && sx >= 0 && sx < before.width()) {
                    addPaths(paths, from, pool - 1, sy, sx, c);
                }
            }
        }
    }

    private static float[][][] pool(final Layer.Pool2d pool, final Shape shape, final float[][][] in) {
        final Window window = pool.window();
        final float[][][] out = Grids.zeros(shape);
        final float share = 1.0f / (window.kernelY() * window.kernelX());
        forEach(shape, (y, x, c) -> {
            float sum = 0.0f;
            float max = Float.NEGATIVE_INFINITY;
            for (int ky = 0; ky < window.kernelY(); ky++) {
                for (int kx = 0; kx < window.kernelX(); kx++) {
                    final int sy = y * window.strideY() - window.paddingY() + ky;
                    final int sx = x * window.strideX() - window.paddingX() + kx;
                    if (sy >= 0 && sy < in.length && sx >= 0 && sx < in[0].length) {
                        sum += in[sy][sx][c];
                        max = Math.max(max, in[sy][sx][c]);
                    }
                }
            }
            out[y][x][c] = switch (pool.pooling()) {
                case AVERAGE -> sum * share;
                case SUM -> sum;
                case MAX -> max;
            };
        });
        return out;
    }

    /** Opens a step: pools the input and counts what it costs. */
    float[][][] pooled(final float[][][] input) {
        counts.values().forEach(perStep -> perStep.add(0L));
        float[][][] pooled = input;
        float[][][] counted = input;
        for (int i = 0; i < pools.size(); i++) {
            pooled = pool(pools.get(i), grids.get(i + 1), pooled);
            counted = i < firstLinear ? pooled : counted;
        }
        countSynapses(input, counted, pooled);
        return pooled;
    }

    void step(final float[][][] input) {
        final float[][][] sources = pooled(input);
        current = Grids.zeros(output);
        emitted = Grids.zeros(output);
        forEach(output, (y, x, c) -> {
            final float[] sum = {0.0f};
            final boolean[] reached = {false};
            synapses(y, x, c, (sy, sx, sc, weight) -> {
                sum[0] += sources[sy][sx][sc] * weight;
                reached[0] |= sources[sy][sx][sc] != 0.0f;
            });
            current[y][x][c] = bias == null ? sum[0] : sum[0] + bias[c];
            if (neuron == null) {
                emitted[y][x][c] = current[y][x][c];
                add(Operation.BIAS_ADDS, bias == null ? 0 : 1);
            } else {
                countUpdate(y, x, c, reached[0]);
                fire(y, x, c);
            }
            if (emitted[y][x][c] != 0.0f) {
                add(Operation.SPIKES, 1);
                add(Operation.EVENT_WRITES, 1);
            }
        });
        step++;
    }

    private void fire(final int y, final int x, final int c) {
        final float before = membrane[y][x][c];
        final float charged = charge(neuron, before, current[y][x][c]);
        final boolean spike = fires(charged);
        emitted[y][x][c] = spike ? 1.0f : 0.0f;
        if (spike) {
            membrane[y][x][c] =
                neuron.reset() instanceof Reset.Hard(float vReset) ? vReset : charged - neuron.vThreshold();
            add(Operation.RESETS, 1);
        } else {
            membrane[y][x][c] = charged;
        }
        if (step == 0 || Float.floatToRawIntBits(before) != Float.floatToRawIntBits(membrane[y][x][c])) {
            add(Operation.MEMBRANE_CHANGES, 1);
        }
    }

    private boolean fires(final float potential) {
        return neuron.firing() == Firing.ABOVE_THRESHOLD
            ? potential > neuron.vThreshold() : potential >= neuron.vThreshold();
    }

    /** The table of the numerics contract. */
    static float charge(final NeuronModel neuron, final float v, final float x) {
        final float vReset = neuron.reset() instanceof Reset.Hard(float hard) ? hard : 0.0f;
        return switch (neuron) {
            case If _ -> v + x;
            case Lif lif -> {
                final float tau = (float) lif.tau();
                if (lif.decayInput()) {
                    yield vReset == 0.0f ? v + (x - v) / tau : v + (x - (v - vReset)) / tau;
                }
                yield vReset == 0.0f ? v * (float) (1.0 - 1.0 / lif.tau()) + x : v - (v - vReset) / tau + x;
            }
            case Plif plif -> {
                final float k = (float) (1.0 / (1.0 + Math.exp(-plif.w())));
                if (plif.decayInput()) {
                    yield vReset == 0.0f ? v + (x - v) * k : v + (x - (v - vReset)) * k;
                }
                yield vReset == 0.0f ? v * (1.0f - k) + x : v - (v - vReset) * k + x;
            }
        };
    }

    private void countSynapses(final float[][][] input, final float[][][] counted, final float[][][] pooled) {
        forEach(grids.getFirst(), (y, x, c) -> {
            add(Operation.INPUT_EVENTS, input[y][x][c] != 0.0f ? 1 : 0);
            add(Operation.EVENT_READS, input[y][x][c] != 0.0f ? 1 : 0);
        });
        forEach(grids.get(firstLinear), (y, x, c) -> {
            if (counted[y][x][c] != 0.0f) {
                final boolean unit = counted[y][x][c] == 1.0f;
                add(unit ? Operation.SYNAPTIC_ACCUMULATES : Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, fanOut[y][x][c]);
                add(unit ? Operation.ZERO_WEIGHT_ACCUMULATES : Operation.ZERO_WEIGHT_MULTIPLY_ACCUMULATES,
                    zeroFanOut[y][x][c]);
                add(Operation.WEIGHT_READS, fanOut[y][x][c]);
                add(Operation.MEMBRANE_READS, fanOut[y][x][c]);
                add(Operation.MEMBRANE_WRITES, fanOut[y][x][c]);
            }
        });
        forEach(grids.getLast(), (y, x, c) ->
            add(Operation.POOLED_OPERATIONS, pooled[y][x][c] != 0.0f ? pooledFanOut[y][x][c] : 0));
    }

    /** One neuron of the model machine of docs/counting.md, before its step. */
    private void countUpdate(final int y, final int x, final int c, final boolean reached) {
        add(Operation.CLOCK_DRIVEN_UPDATES, 1);
        if (!reached && !drivesItself(c) && !fires(membrane[y][x][c])) {
            return;
        }
        // a neuron that drives itself is never silent
        final int silent = step - 1 - lastUpdate[y][x][c];
        lastUpdate[y][x][c] = step;
        final int updates = silent > 0 ? 2 : 1;
        add(Operation.NEURON_UPDATES, updates);
        add(Operation.SKIPPED_UPDATES, Math.max(0, silent - 1));
        add(Operation.THRESHOLD_COMPARES, updates);
        add(Operation.BIAS_ADDS, bias == null ? 0 : updates);
        add(Operation.MEMBRANE_READS, updates);
        add(Operation.MEMBRANE_WRITES, updates);
        final boolean toZero = !(neuron.reset() instanceof Reset.Hard(float vReset)) || vReset == 0.0f;
        final boolean decayed = neuron instanceof Lif lif && lif.decayInput()
            || neuron instanceof Plif plif && plif.decayInput();
        final int adds = neuron instanceof If ? 1 : toZero ? (decayed ? 2 : 1) : 3;
        add(Operation.LEAK_MULTIPLIES, neuron instanceof If ? 0 : updates);
        add(Operation.MEMBRANE_ADDS, (long) updates * adds);
    }

    /** Whether the bias alone brings a neuron to its threshold, with the margin of docs/counting.md. */
    private boolean drivesItself(final int c) {
        final double x = bias == null ? 0.0 : bias[c];
        final double rest = neuron.reset() instanceof Reset.Hard(float vReset) ? vReset : 0.0;
        final double settles = switch (neuron) {
            case If _ -> x > 0.0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case Lif lif -> rest + (lif.decayInput() ? x : x * (float) lif.tau());
            case Plif plif -> rest + (plif.decayInput() ? x : x * (1.0 + Math.exp(-plif.w())));
        };
        return settles >= neuron.vThreshold() - 1e-5 * Math.max(1.0, Math.abs(neuron.vThreshold()));
    }

    private void add(final Operation operation, final long count) {
        final List<Long> perStep = counts.get(operation);
        perStep.set(perStep.size() - 1, perStep.getLast() + count);
    }

    @FunctionalInterface
    interface Place {
        void at(int y, int x, int c);
    }

    static void forEach(final Shape shape, final Place place) {
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    place.at(y, x, c);
                }
            }
        }
    }

    List<Layer.Pool2d> pools() {
        return pools;
    }

    /** The layer whose synapses these are. */
    Layer synapses() {
        return synapses;
    }

    /** One value an output channel, or null. */
    float[] bias() {
        return bias;
    }

    NeuronModel neuron() {
        return neuron;
    }

    int synapticLayer() {
        return synapticLayer;
    }

    int outputLayer() {
        return outputLayer;
    }

    Shape output() {
        return output;
    }

    boolean hasNeurons() {
        return neuron != null;
    }

    /** Spikes, or where there are no neurons the sums, of the last step. */
    float[][][] emitted() {
        return emitted;
    }

    float[][][] current() {
        return current;
    }

    float[][][] membrane() {
        return membrane;
    }

    /** Count of each step. */
    List<Long> count(final Operation operation) {
        return counts.get(operation);
    }
}
