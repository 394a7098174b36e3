package org.spikemeter.engine.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Whole vectors of neurons; what is left of a row goes the scalar way. */
final class VectorIntegerFire implements IntegerFire {
    private static final VectorSpecies<Integer> SPECIES =
        VectorSpecies.of(int.class, VectorKernels.SPECIES.vectorShape());
    private static final IntVector LANE = IntVector.zero(SPECIES).addIndex(1);

    @Override
    public int fireRow(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final int offset, final int size,
        final int[] keys, final int place, final UpdateTally tally) {
        final int whole = SPECIES.loopBound(size);
        final int spikes = fire(neurons, input, membrane, offset, whole, keys, place, tally);
        return whole == size ? spikes : spikes + ScalarIntegerFire.fire(neurons, input, membrane, offset, whole, size,
            keys, place + spikes, tally);
    }

    private static int fire(
        final IntegerNeurons neurons, final int[] input, final int[] membrane, final int offset, final int size,
        final int[] keys, final int place, final UpdateTally tally) {
        final int shift = neurons.shift();
        final IntVector leaks = IntVector.broadcast(SPECIES, neurons.leaks() ? -1 : 0);
        final IntVector level = IntVector.broadcast(SPECIES, neurons.level());
        final IntVector low = IntVector.broadcast(SPECIES, neurons.low());
        final IntVector high = IntVector.broadcast(SPECIES, neurons.high());
        final IntVector taken = IntVector.broadcast(SPECIES, neurons.soft() ? neurons.threshold() : 0);
        final boolean soft = neurons.soft();
        int next = place;
        int changes = 0;
        int overflows = 0;
        for (int i = 0; i < size; i += SPECIES.length()) {
            final IntVector before = IntVector.fromArray(SPECIES, membrane, offset + i);
            final IntVector kept = before.sub(before.lanewise(VectorOperators.ASHR, shift).and(leaks));
            final IntVector x = IntVector.fromArray(SPECIES, input, i);
            final IntVector sum = kept.add(x);
            final VectorMask<Integer> wrapped = wraps(kept, x, sum);
            final IntVector h = saturated(kept, sum, wrapped).max(low).min(high);
            overflows += h.compare(VectorOperators.NE, sum).or(wrapped).trueCount();
            final VectorMask<Integer> spikes = h.compare(VectorOperators.GE, level);
            final IntVector v = h.blend(soft ? h.sub(taken) : taken, spikes);
            changes += v.compare(VectorOperators.NE, before).trueCount();
            v.intoArray(membrane, offset + i);
            LANE.add(i).compress(spikes).intoArray(keys, next);
            next += spikes.trueCount();
        }
        tally.membraneChanges += changes;
        tally.overflows += overflows;
        return next - place;
    }

    /** Where a sum left 32 bits: both addends have the sign that it has not. */
    private static VectorMask<Integer> wraps(final IntVector a, final IntVector b, final IntVector sum) {
        return a.lanewise(VectorOperators.XOR, sum).and(b.lanewise(VectorOperators.XOR, sum))
            .compare(VectorOperators.LT, 0);
    }

    private static IntVector saturated(final IntVector a, final IntVector sum, final VectorMask<Integer> wrapped) {
        return sum.blend(a.lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
            .lanewise(VectorOperators.XOR, Integer.MAX_VALUE), wrapped);
    }
}
