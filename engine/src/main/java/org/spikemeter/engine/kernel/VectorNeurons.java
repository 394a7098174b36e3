package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Reset;

/**
 * All stages in one pass, a vector of neurons in registers; keys of the spikes are compressed into place, and each
 * pixel's start is noted on the way. That holds for the common equation, {@code v + (x - v) * k}; others are charged in
 * a pass before. Where pixels are no whole vectors, their starts are found in a pass behind.
 *
 * <p>No method here hands a vector to another: one that the compiler does not inline would box it.
 */
final class VectorNeurons implements NeuronKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final VectorSpecies<Integer> KEYS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final IntVector LANE = IntVector.zero(KEYS).addIndex(1);
    private static final ScalarNeurons SCALAR = new ScalarNeurons();

    @Override
    public long update(
        final NeuronUpdate update, final float[] sums, final int from, final float[] membrane, final EventGrid output,
        final int y, final int fromX, final int toX, final int place) {
        final int channels = output.shape().channels();
        final int first = fromX * channels;
        final int size = (toX - fromX) * channels;
        final boolean charged = !isInPass(update.charge());
        if (charged) {
            ScalarNeurons.charge(update, sums, from, membrane, y * output.shape().width() * channels + first, size);
        }
        if (channels % SPECIES.length() == 0) {
            return update(update, charged, sums, from, membrane, output, y, first, channels, toX - fromX, place);
        }
        // vectors do not end where pixels do: all pixels are one run, and are told apart afterwards
        final int whole = SPECIES.loopBound(size);
        long result = update(update, charged, sums, from, membrane, output, y, first, whole, 1, place);
        result += ScalarNeurons.finish(
            update, charged, sums, from, membrane, output, y, first, whole, size, place + (int) result);
        output.indexPixels(y, fromX, toX, place, place + (int) result);
        return result;
    }

    @Override
    public int bitLanes(final EventGrid output) {
        return VectorPool.takesBits(output) ? SPECIES.length() : 0;
    }

    /** True for the equation that is part of the pass over potentials. */
    private static boolean isInPass(final Charge charge) {
        return charge.form() == Charge.Form.DECAYED_INPUT && !charge.divide();
    }

    /**
     * Runs of whole vectors, one after the other; where each run starts is noted as that of a pixel.
     *
     * @param charged whether {@code sums} are charged potentials already
     * @param first key of the first neuron
     * @param length neurons of a run
     * @param runs of so many pixels
     */
    private static long update(
        final NeuronUpdate update, final boolean charged, final float[] sums, final int from, final float[] membrane,
        final EventGrid output, final int y, final int first, final int length, final int runs, final int firstPlace) {
        final int channels = output.shape().channels();
        final int width = output.shape().width();
        final float k = update.charge().rate();
        final float[] bias = charged ? null : update.bias();
        final float level = update.model().vThreshold();
        final boolean at = update.model().firing() == Firing.AT_THRESHOLD;
        final boolean soft = update.model().reset() instanceof Reset.Soft;
        final float rest = update.model().reset().restingPotential();
        final int[] keys = output.keys();
        final int[] pixelStart = output.pixelStart();
        final int index = y * (width + 1) + first / channels;
        final char[] bits = VectorPool.takesBits(output) ? output.vectorBits() : null;
        final int row = y * width * channels + first;
        int place = firstPlace;
        long changes = 0;
        for (int run = 0; run < runs; run++) {
            pixelStart[index + run] = place;
            final int end = (run + 1) * length;
            for (int i = run * length; i < end; i += SPECIES.length()) {
                final FloatVector v = FloatVector.fromArray(SPECIES, membrane, row + i);
                FloatVector x = FloatVector.fromArray(SPECIES, sums, from + i);
                x = bias == null ? x : x.add(FloatVector.fromArray(SPECIES, bias, i));
                final FloatVector h = charged ? x : v.add(x.sub(v).mul(k));
                // the operator must be a constant in each branch: the compiler makes calls and boxes of one that varies
                final VectorMask<Float> spikes =
                    at ? h.compare(VectorOperators.GE, level) : h.compare(VectorOperators.GT, level);
                final FloatVector after = soft ? h.blend(h.sub(level), spikes) : h.blend(rest, spikes);
                after.intoArray(membrane, row + i);
                LANE.add(first + i).compress(spikes.cast(KEYS)).intoArray(keys, place);
                if (bits != null) {
                    bits[(row + i) / SPECIES.length()] = (char) spikes.toLong();
                }
                place += spikes.trueCount();
                changes += after.reinterpretAsInts().compare(VectorOperators.NE, v.reinterpretAsInts()).trueCount();
            }
        }
        return (changes << Integer.SIZE) + (place - firstPlace);
    }

    @Override
    public void pass(
        final NeuronUpdate update, final float[] membrane, final int first, final int channels, final int steps,
        final long[] changes, final int step, final float[] scratch) {
        if (channels % SPECIES.length() != 0 || !isInPass(update.charge())) {
            SCALAR.pass(update, membrane, first, channels, steps, changes, step, scratch);
            return;
        }
        final int length = SPECIES.length();
        int c = 0;
        for (; c + 2 * length <= channels; c += 2 * length) {
            passTwo(update, membrane, first + c, c, steps, changes, step);
        }
        for (; c < channels; c += length) {
            passOne(update, membrane, first + c, c, steps, changes, step);
        }
    }

    private static void passOne(
        final NeuronUpdate update, final float[] membrane, final int first, final int channel, final int steps,
        final long[] changes, final int step) {
        final float k = update.charge().rate();
        final FloatVector zero = FloatVector.zero(SPECIES);
        final FloatVector x = update.bias() == null ? zero
            : zero.add(FloatVector.fromArray(SPECIES, update.bias(), channel));
        FloatVector v = FloatVector.fromArray(SPECIES, membrane, first);
        for (int s = 0; s < steps; s++) {
            final FloatVector after = v.add(x.sub(v).mul(k));
            changes[step + s] += after.reinterpretAsInts().compare(VectorOperators.NE, v.reinterpretAsInts())
                .trueCount();
            v = after;
        }
        v.intoArray(membrane, first);
    }

    /** Two vectors at a time: each step waits for the one before it. */
    private static void passTwo(
        final NeuronUpdate update, final float[] membrane, final int first, final int channel, final int steps,
        final long[] changes, final int step) {
        final float k = update.charge().rate();
        final int length = SPECIES.length();
        final FloatVector zero = FloatVector.zero(SPECIES);
        final boolean biased = update.bias() != null;
        final FloatVector x0 = biased ? zero.add(FloatVector.fromArray(SPECIES, update.bias(), channel)) : zero;
        final FloatVector x1 =
            biased ? zero.add(FloatVector.fromArray(SPECIES, update.bias(), channel + length)) : zero;
        FloatVector v0 = FloatVector.fromArray(SPECIES, membrane, first);
        FloatVector v1 = FloatVector.fromArray(SPECIES, membrane, first + length);
        for (int s = 0; s < steps; s++) {
            final FloatVector after0 = v0.add(x0.sub(v0).mul(k));
            final FloatVector after1 = v1.add(x1.sub(v1).mul(k));
            final int changed =
                after0.reinterpretAsInts().compare(VectorOperators.NE, v0.reinterpretAsInts()).trueCount()
                + after1.reinterpretAsInts().compare(VectorOperators.NE, v1.reinterpretAsInts()).trueCount();
            if (changed == 0) {
                // nor will they in the steps that follow
                break;
            }
            changes[step + s] += changed;
            v0 = after0;
            v1 = after1;
        }
        v0.intoArray(membrane, first);
        v1.intoArray(membrane, first + length);
    }

    @Override
    public boolean isWithin(
        final float[] membrane, final int first, final float[] lowest, final float[] highest) {
        if (lowest.length % SPECIES.length() != 0) {
            return SCALAR.isWithin(membrane, first, lowest, highest);
        }
        for (int c = 0; c < lowest.length; c += SPECIES.length()) {
            final FloatVector v = FloatVector.fromArray(SPECIES, membrane, first + c);
            if (!v.compare(VectorOperators.GE, FloatVector.fromArray(SPECIES, lowest, c)).allTrue()
                || !v.compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, highest, c)).allTrue()) {
                return false;
            }
        }
        return true;
    }
}
