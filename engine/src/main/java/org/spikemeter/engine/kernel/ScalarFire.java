package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/** Neuron by neuron. */
final class ScalarFire implements FireKernel {
    @Override
    public long fireRow(
        final NeuronModel model, final float[] charged, final float[] membrane, final int offset, final int size,
        final int[] keys, final int place) {
        return fire(model, charged, membrane, offset, 0, size, keys, place);
    }

    /** The neurons {@code from} to {@code to - 1} of a row. */
    static long fire(
        final NeuronModel model, final float[] charged, final float[] membrane, final int offset, final int from,
        final int to, final int[] keys, final int place) {
        final float threshold = model.vThreshold();
        final boolean at = model.firing() == Firing.AT_THRESHOLD;
        final boolean soft = model.reset() instanceof Reset.Soft;
        final float vReset = model.reset().restingPotential();
        int next = place;
        int changes = 0;
        for (int i = from; i < to; i++) {
            final float h = charged[i];
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
