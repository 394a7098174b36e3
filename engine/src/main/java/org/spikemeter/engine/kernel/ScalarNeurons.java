package org.spikemeter.engine.kernel;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/** One pass a stage: bias, charge, then fire and reset neuron by neuron. */
final class ScalarNeurons implements NeuronKernel {
    @Override
    public long update(
        final NeuronUpdate update, final float[] sums, final int from, final float[] membrane, final EventGrid output,
        final int y, final int fromX, final int toX, final int place) {
        final int channels = output.shape().channels();
        final int first = (y * output.shape().width() + fromX) * channels;
        final int size = (toX - fromX) * channels;
        charge(update, sums, from, membrane, first, size);
        final long result =
            fire(update.model(), sums, from, membrane, first, size, output.keys(), fromX * channels, place);
        output.indexPixels(y, fromX, toX, place, place + (int) result);
        return result;
    }

    @Override
    public int bitLanes(final EventGrid output) {
        return 0;
    }

    /**
     * Updates what whole vectors left of a run.
     *
     * @param charged whether {@code sums} are charged potentials already
     * @param first key of the run's first neuron
     * @param done neurons of the run that are updated
     * @param size neurons of the run
     * @param place of the next spike
     */
    static long finish(
        final NeuronUpdate update, final boolean charged, final float[] sums, final int from, final float[] membrane,
        final EventGrid output, final int y, final int first, final int done, final int size, final int place) {
        final int neuron = y * output.shape().width() * output.shape().channels() + first + done;
        if (!charged) {
            for (int i = done; update.bias() != null && i < size; i++) {
                sums[from + i] += update.bias()[i];
            }
            ChargeKernel.charge(update.charge(), membrane, neuron, sums, from + done, size - done);
        }
        return fire(update.model(), sums, from + done, membrane, neuron, size - done, output.keys(), first + done,
            place);
    }

    @Override
    public void pass(
        final NeuronUpdate update, final float[] membrane, final int first, final int channels, final int steps,
        final long[] changes, final int step, final float[] scratch) {
        for (int s = 0; s < steps; s++) {
            Arrays.fill(scratch, 0, channels, 0.0f);
            charge(update, scratch, 0, membrane, first, channels);
            int changed = 0;
            for (int c = 0; c < channels; c++) {
                final int before = Float.floatToRawIntBits(membrane[first + c]);
                changed += before == Float.floatToRawIntBits(scratch[c]) ? 0 : 1;
                membrane[first + c] = scratch[c];
            }
            changes[step + s] += changed;
            if (changed == 0) {
                // nor will they in the steps that follow
                return;
            }
        }
    }

    @Override
    public boolean isWithin(
        final float[] membrane, final int first, final float[] lowest, final float[] highest) {
        boolean within = true;
        for (int c = 0; c < lowest.length; c++) {
            final float v = membrane[first + c];
            within &= v >= lowest[c] && v <= highest[c];
        }
        return within;
    }

    /** Replaces a row's sums by charged potentials. */
    static void charge(
        final NeuronUpdate update, final float[] sums, final int from, final float[] membrane, final int offset,
        final int size) {
        if (update.bias() != null) {
            ChargeKernel.add(update.bias(), sums, from, size);
        }
        ChargeKernel.charge(update.charge(), membrane, offset, sums, from, size);
    }

    private static long fire(
        final NeuronModel model, final float[] charged, final int from, final float[] membrane, final int offset,
        final int size, final int[] keys, final int firstKey, final int place) {
        final float threshold = model.vThreshold();
        final boolean at = model.firing() == Firing.AT_THRESHOLD;
        final boolean soft = model.reset() instanceof Reset.Soft;
        final float vReset = model.reset().restingPotential();
        int next = place;
        int changes = 0;
        for (int i = 0; i < size; i++) {
            final float h = charged[from + i];
            final boolean spike = at ? h >= threshold : h > threshold;
            final float v = spike ? (soft ? h - threshold : vReset) : h;
            if (spike) {
                keys[next] = firstKey + i;
                next++;
            }
            if (Float.floatToRawIntBits(v) != Float.floatToRawIntBits(membrane[offset + i])) {
                changes++;
            }
            membrane[offset + i] = v;
        }
        return (long) changes << 32 | next - place;
    }
}
