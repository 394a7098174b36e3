package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/** Whole vectors of neurons, keys of the spikes compressed into place; what is left of a row goes the scalar way. */
final class VectorFire implements FireKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final VectorSpecies<Integer> KEYS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final IntVector LANE = IntVector.zero(KEYS).addIndex(1);

    @Override
    public long fireRow(
        final NeuronModel model, final float[] charged, final float[] membrane, final int offset, final int size,
        final int[] keys, final int place) {
        final boolean at = model.firing() == Firing.AT_THRESHOLD;
        final int whole = SPECIES.loopBound(size);
        final long result = model.reset() instanceof Reset.Soft
            ? soft(at, model.vThreshold(), charged, membrane, offset, whole, keys, place)
            : hard(at, model.vThreshold(), model.reset().restingPotential(), charged, membrane, offset, whole,
                keys, place);
        return whole == size ? result
            : result + ScalarFire.fire(model, charged, membrane, offset, whole, size, keys, place + (int) result);
    }

    private static long hard(
        final boolean at, final float threshold, final float vReset, final float[] charged,
        final float[] membrane, final int offset, final int size, final int[] keys, final int place) {
        final FloatVector reset = FloatVector.broadcast(SPECIES, vReset);
        final FloatVector level = FloatVector.broadcast(SPECIES, threshold);
        int next = place;
        int changes = 0;
        for (int i = 0; i < size; i += SPECIES.length()) {
            final FloatVector h = FloatVector.fromArray(SPECIES, charged, i);
            final VectorMask<Float> spikes = reaches(h, level, at);
            final FloatVector v = h.blend(reset, spikes);
            changes += changes(v, FloatVector.fromArray(SPECIES, membrane, offset + i));
            v.intoArray(membrane, offset + i);
            LANE.add(i).compress(spikes.cast(KEYS)).intoArray(keys, next);
            next += spikes.trueCount();
        }
        return (long) changes << 32 | next - place;
    }

    private static long soft(
        final boolean at, final float threshold, final float[] charged,
        final float[] membrane, final int offset, final int size, final int[] keys, final int place) {
        final FloatVector level = FloatVector.broadcast(SPECIES, threshold);
        int next = place;
        int changes = 0;
        for (int i = 0; i < size; i += SPECIES.length()) {
            final FloatVector h = FloatVector.fromArray(SPECIES, charged, i);
            final VectorMask<Float> spikes = reaches(h, level, at);
            final FloatVector v = h.blend(h.sub(level), spikes);
            changes += changes(v, FloatVector.fromArray(SPECIES, membrane, offset + i));
            v.intoArray(membrane, offset + i);
            LANE.add(i).compress(spikes.cast(KEYS)).intoArray(keys, next);
            next += spikes.trueCount();
        }
        return (long) changes << 32 | next - place;
    }

    /**
     * The operator must be a constant in each branch: the compiler makes a loop of calls and boxes of one that
     * varies.
     */
    private static VectorMask<Float> reaches(final FloatVector h, final FloatVector threshold, final boolean at) {
        return at ? h.compare(VectorOperators.GE, threshold) : h.compare(VectorOperators.GT, threshold);
    }

    private static int changes(final FloatVector after, final FloatVector before) {
        return after.reinterpretAsInts().compare(VectorOperators.NE, before.reinterpretAsInts()).trueCount();
    }
}
