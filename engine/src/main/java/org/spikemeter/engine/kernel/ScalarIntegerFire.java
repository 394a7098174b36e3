package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Neuron by neuron, in 64 bits. */
final class ScalarIntegerFire implements IntegerFire {
    @Override
    public void fireRow(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final EventGrid output, final int y,
        final UpdateTally tally) {
        final int size = output.shape().width() * output.shape().channels();
        final int offset = y * size;
        final int[] keys = output.keys();
        final int first = output.rowStart(y);
        int next = first;
        int changes = 0;
        int overflows = 0;
        for (int i = 0; i < size; i++) {
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
        tally.spikes += next - first;
        output.indexRow(y, next);
    }
}
