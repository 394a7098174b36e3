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
 * a pass before. Rows whose pixels are no whole vectors go the scalar way.
 *
 * <p>No method here hands a vector to another: one that the compiler does not inline would box it.
 */
final class VectorNeurons implements NeuronKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final VectorSpecies<Integer> KEYS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final IntVector LANE = IntVector.zero(KEYS).addIndex(1);
    private static final ScalarNeurons SCALAR = new ScalarNeurons();

    @Override
    public long updateRow(
        final NeuronUpdate update, final float[] sums, final int from, final float[] membrane,
        final EventGrid output, final int y) {
        final int channels = output.shape().channels();
        if (channels % SPECIES.length() != 0) {
            return SCALAR.updateRow(update, sums, from, membrane, output, y);
        }
        final int size = output.shape().width() * channels;
        final boolean charged = update.charge().form() != Charge.Form.DECAYED_INPUT || update.charge().divide();
        if (charged) {
            ScalarNeurons.charge(update, sums, from, membrane, y * size, size);
        }
        return update(update, charged, sums, from, membrane, output, y);
    }

    /**
     * The row, pixel by pixel.
     *
     * @param charged whether {@code sums} are charged potentials already
     */
    private static long update(
        final NeuronUpdate update, final boolean charged, final float[] sums, final int from, final float[] membrane,
        final EventGrid output, final int y) {
        final int channels = output.shape().channels();
        final int width = output.shape().width();
        final int offset = y * width * channels;
        final float k = update.charge().rate();
        final float[] bias = charged ? null : update.bias();
        final float level = update.model().vThreshold();
        final boolean at = update.model().firing() == Firing.AT_THRESHOLD;
        final boolean soft = update.model().reset() instanceof Reset.Soft;
        final float rest = update.model().reset().restingPotential();
        final int[] keys = output.keys();
        final int[] pixelStart = output.pixelStart();
        final int index = y * (width + 1);
        int place = output.rowStart(y);
        long changes = 0;
        for (int pixel = 0; pixel < width; pixel++) {
            pixelStart[index + pixel] = place;
            final int end = (pixel + 1) * channels;
            for (int i = pixel * channels; i < end; i += SPECIES.length()) {
                final FloatVector v = FloatVector.fromArray(SPECIES, membrane, offset + i);
                FloatVector x = FloatVector.fromArray(SPECIES, sums, from + i);
                x = bias == null ? x : x.add(FloatVector.fromArray(SPECIES, bias, i));
                final FloatVector h = charged ? x : v.add(x.sub(v).mul(k));
                // the operator must be a constant in each branch: the compiler makes calls and boxes of one that varies
                final VectorMask<Float> spikes =
                    at ? h.compare(VectorOperators.GE, level) : h.compare(VectorOperators.GT, level);
                final FloatVector after = soft ? h.blend(h.sub(level), spikes) : h.blend(rest, spikes);
                after.intoArray(membrane, offset + i);
                LANE.add(i).compress(spikes.cast(KEYS)).intoArray(keys, place);
                place += spikes.trueCount();
                changes += after.reinterpretAsInts().compare(VectorOperators.NE, v.reinterpretAsInts()).trueCount();
            }
        }
        pixelStart[index + width] = place;
        return (changes << 32) + (place - output.rowStart(y));
    }
}
