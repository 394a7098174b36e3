package org.spikemeter.engine.kernel;

import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Neuron by neuron, in 64 bits. */
final class ScalarIntegerFire implements IntegerFire {
    @Override
    public int fireRow(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final int offset, final int size,
        final int[] keys, final int place, final UpdateTally tally) {
        return fire(neurons, input, membrane, offset, 0, size, keys, place, tally);
    }

    /** The neurons {@code from} to {@code to - 1} of a row. */
    static int fire(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final int offset, final int from,
        final int to, final int[] keys, final int place, final UpdateTally tally) {
        int next = place;
        int changes = 0;
        int overflows = 0;
        for (int i = from; i < to; i++) {
            final int before = membrane[offset + i];
            final long kept = neurons.leaks() ? before - (before >> neurons.shift()) : before;
            final long charged = kept + input[i];
            final int h = Math.clamp(charged, neurons.low(), neurons.high());
            final boolean spike = h >= neurons.level();
            final int v = !spike ? h : neurons.soft() ? h - neurons.threshold() : 0;
            if (spike) {
                keys[next] = i;
                next++;
            }
            overflows += h == charged ? 0 : 1;
            changes += v == before ? 0 : 1;
            membrane[offset + i] = v;
        }
        tally.membraneChanges += changes;
        tally.overflows += overflows;
        return next - place;
    }
}
