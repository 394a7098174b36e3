package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * A stage of a chain in integers, written from docs/integer.md: one weight at a time, in 64 bits, then saturated. Only
 * geometry and pooling are those of {@link DenseStage}.
 */
final class IntegerStage {
    private static final long SUM_LIMIT = 1L << 30;

    private final DenseStage stage;
    private final long largestWeight;
    private final long high;
    private final double places;
    private final double weightUnit;
    private final double unit;
    private final double currentUnit;
    private final double factor;
    private final long largestValue;
    private final int shift;
    private final int leakShift;
    private final long threshold;
    private final long level;
    private final long[][][] membrane;
    private final int[][][] lastUpdate;
    final float[][][] current;
    final float[][][] emitted;
    final List<Long> overflows = new ArrayList<>();
    final List<Long> updates = new ArrayList<>();
    final List<Long> skipped = new ArrayList<>();
    private int step;

    IntegerStage(final DenseStage stage, final boolean valued, final Quantisation quantisation) {
        this.stage = stage;
        this.largestWeight = (1L << quantisation.weightBits() - 1) - 1;
        this.high = (1L << quantisation.membraneBits() - 1) - 1;
        double shares = 1;
        long merged = 1;
        for (final Layer.Pool2d pool : stage.pools()) {
            final long size = (long) pool.window().kernelY() * pool.window().kernelX();
            shares *= pool.pooling() == Layer.Pooling.AVERAGE ? size : 1;
            merged = pool.pooling() == Layer.Pooling.MAX ? merged : Math.min(32767, merged * size);
        }
        this.places = shares;
        final NeuronModel neuron = stage.neuron();
        final double k = leak(neuron);
        final boolean decays = neuron instanceof Lif lif && lif.decayInput()
            || neuron instanceof Plif plif && plif.decayInput();
        final double gain = decays ? k : 1.0;
        this.leakShift = k == 0.0 ? -1
            : (int) Math.max(0, Math.min(30, Math.rint(-Math.log(k) / Math.log(2))));
        final double constant = constant(neuron, gain);
        final double reach = neuron == null ? SUM_LIMIT / 8 : Math.min(high, SUM_LIMIT) / 8.0;
        final double least = constant / gain / reach;
        final double all = largest() / places / largestWeight;
        this.weightUnit = Math.max(all, least) == 0.0 ? 1.0 : Math.max(all, least);
        final long bound = bound();
        int fraction = 8;
        while (fraction > 0 && (constant / (gain * weightUnit) * (1 << fraction) > reach
            || !valued && bound * merged * (1 << fraction) > SUM_LIMIT)) {
            fraction--;
        }
        this.unit = gain * weightUnit / (1 << fraction);
        this.currentUnit = weightUnit / (1 << fraction);
        this.factor = valued ? places * 256 : places;
        this.largestValue = valued ? Math.min(32767, bound == 0 ? 32767 : SUM_LIMIT / bound) : merged;
        this.shift = valued ? fraction - 8 : fraction;
        this.threshold = neuron == null ? 0 : (long) Math.rint((neuron.vThreshold() - rest()) / unit);
        this.level = neuron != null && neuron.firing() == Firing.ABOVE_THRESHOLD ? threshold + 1 : threshold;
        final int height = stage.output().height();
        final int width = stage.output().width();
        this.membrane = new long[height][width][stage.output().channels()];
        this.lastUpdate = new int[height][width][stage.output().channels()];
        DenseStage.forEach(stage.output(), (y, x, c) -> lastUpdate[y][x][c] = -1);
        this.current = Grids.zeros(stage.output());
        this.emitted = Grids.zeros(stage.output());
    }

    /** 1/tau or k as the float32 that the neuron has; 0 without leak. */
    private static double leak(final NeuronModel neuron) {
        return switch (neuron) {
            case null -> 0.0;
            case If _ -> 0.0;
            case Lif lif -> Integer.bitCount((int) lif.tau()) == 1 && lif.tau() == Math.rint(lif.tau())
                ? 1.0f / (float) lif.tau() : 1.0 / (float) lif.tau();
            case Plif plif -> (float) (1.0 / (1.0 + Math.exp(-plif.w())));
        };
    }

    private double constant(final NeuronModel neuron, final double gain) {
        double constant = neuron == null ? 0.0 : Math.abs(neuron.vThreshold() - rest());
        for (int c = 0; stage.bias() != null && c < stage.bias().length; c++) {
            constant = Math.max(constant, Math.abs(stage.bias()[c]) * gain);
        }
        return constant;
    }

    private double rest() {
        return stage.neuron() != null && stage.neuron().reset() instanceof Reset.Hard(float vReset) ? vReset : 0.0;
    }

    /** All weights of each target channel, those of taps that lie in the padding too. */
    private List<List<Float>> weights() {
        final List<List<Float>> weights = new ArrayList<>();
        for (int out = 0; out < stage.output().channels(); out++) {
            final List<Float> own = new ArrayList<>();
            switch (stage.synapses()) {
                case Layer.Conv2d conv -> {
                    final int size = conv.weight().size() / stage.output().channels();
                    for (int i = 0; i < size; i++) {
                        own.add(stage.folded(conv.weight().get(out * size + i), out));
                    }
                }
                case Layer.Linear _, Layer.Sparse _ ->
                    stage.synapses(0, 0, out, (y, x, c, weight) -> own.add(weight));
                default -> own.add(stage.folded(1.0f, out));
            }
            weights.add(own);
        }
        return weights;
    }

    private double largest() {
        return weights().stream().flatMap(List::stream).mapToDouble(Math::abs).max().orElse(0.0);
    }

    private long bound() {
        long bound = 0;
        for (final List<Float> own : weights()) {
            bound = Math.max(bound, own.stream().mapToLong(w -> Math.max(0, rounded(w))).sum());
            bound = Math.max(bound, own.stream().mapToLong(w -> Math.max(0, -rounded(w))).sum());
        }
        return bound;
    }

    private long rounded(final float weight) {
        return clamp((long) Math.rint(weight / (weightUnit * places)), -largestWeight, largestWeight);
    }

    private static long clamp(final long value, final long low, final long high) {
        return Math.max(low, Math.min(high, value));
    }

    void step(final float[][][] input) {
        final float[][][] pooled = stage.pooled(input);
        overflows.add(0L);
        updates.add(0L);
        skipped.add(0L);
        for (final float[][] row : pooled) {
            for (final float[] pixel : row) {
                for (final float value : pixel) {
                    add(overflows, Math.abs(Math.rint(value * factor)) > largestValue ? 1 : 0);
                }
            }
        }
        DenseStage.forEach(stage.output(), (y, x, c) -> {
            final long[] sum = {0};
            final boolean[] reached = {false};
            stage.synapses(y, x, c, (sy, sx, sc, weight) -> {
                final double value = pooled[sy][sx][sc];
                sum[0] += rounded(weight) * clamp((long) Math.rint(value * factor), -largestValue, largestValue);
                reached[0] |= value != 0.0;
            });
            final long half = shift < 0 ? 1L << -shift - 1 : 0;
            final long shifted = shift < 0 ? Math.floorDiv(sum[0] + half, 1L << -shift) : sum[0] * (1L << shift);
            final long bias = stage.bias() == null ? 0
                : (long) Math.rint(stage.bias()[c] * (unit / currentUnit) / unit);
            update(y, x, c, shifted + bias, reached[0], bias);
        });
        step++;
    }

    private void update(final int y, final int x, final int c, final long sum, final boolean reached,
        final long bias) {
        current[y][x][c] = (float) (sum * currentUnit);
        if (stage.neuron() == null) {
            emitted[y][x][c] = current[y][x][c];
            return;
        }
        final long v = membrane[y][x][c];
        countUpdate(y, x, c, reached || drivesItself(bias) || v >= level);
        final long charged = (leakShift < 0 ? v : v - Math.floorDiv(v, 1L << leakShift)) + sum;
        final long h = clamp(charged, -high - 1, high);
        add(overflows, h == charged ? 0 : 1);
        final boolean spike = h >= level;
        emitted[y][x][c] = spike ? 1.0f : 0.0f;
        membrane[y][x][c] = !spike ? h : stage.neuron().reset() instanceof Reset.Soft ? h - threshold : 0;
    }

    private boolean drivesItself(final long bias) {
        return leakShift < 0 ? bias > 0
            : bias * Math.pow(2, leakShift) >= level - 1e-5 * Math.max(1, Math.abs(level));
    }

    private void countUpdate(final int y, final int x, final int c, final boolean updated) {
        if (updated) {
            final int silent = step - 1 - lastUpdate[y][x][c];
            lastUpdate[y][x][c] = step;
            add(updates, silent > 0 ? 2 : 1);
            add(skipped, Math.max(0, silent - 1));
        }
    }

    private static void add(final List<Long> perStep, final long count) {
        perStep.set(perStep.size() - 1, perStep.getLast() + count);
    }

    DenseStage stage() {
        return stage;
    }

    /** Potentials in floating point, by address. */
    float[] potentials() {
        final float[][][] potentials = Grids.zeros(stage.output());
        DenseStage.forEach(stage.output(), (y, x, c) ->
            potentials[y][x][c] = (float) (membrane[y][x][c] * unit + rest()));
        return Grids.flat(potentials);
    }
}
