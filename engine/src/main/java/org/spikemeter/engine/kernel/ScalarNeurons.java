package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/** One pass a stage: bias, charge, then fire and reset neuron by neuron. */
final class ScalarNeurons implements NeuronKernel {
    @Override
    public long updateRow(
        final NeuronUpdate update, final float[] sums, final int from, final float[] membrane,
        final EventGrid output, final int y) {
        final int size = output.shape().width() * output.shape().channels();
        charge(update, sums, from, membrane, y * size, size);
        final int place = output.rowStart(y);
        final long result = fire(update.model(), sums, from, membrane, y * size, size, output.keys(), place);
        output.indexRow(y, place + (int) result);
        return result;
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
        final int size, final int[] keys, final int place) {
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
                keys[next] = i;
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
