package org.spikemeter.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.synapse.SlideWeights;

/**
 * Float32 sums. Nine vectors of sums are in registers; each of their additions loads its weights on the way. A small
 * method of its own, for a loop that carries vectors is boxed where it is compiled inside a larger one; the compiler
 * makes two loops of it, for events that are all 1 and for others.
 */
final class VectorSlide extends FloatSlide {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long TAP = SlideWeights.BLOCK_BYTES;

    VectorSlide(final SlideWeights weights) {
        super(weights);
    }

    @Override
    int vectorBytes() {
        return SPECIES.vectorByteSize();
    }

    @Override
    void add(
        final MemorySegment weights, final long source, final long weight, final int[] keys, final float[] floats,
        final short[] values, final int from, final int to, final MemorySegment sums, final long row0,
        final long row1, final long row2, final long step) {
        FloatVector sum00 = FloatVector.fromMemorySegment(SPECIES, sums, row0 + 2 * step, ORDER);
        FloatVector sum01 = FloatVector.fromMemorySegment(SPECIES, sums, row0 + step, ORDER);
        FloatVector sum02 = FloatVector.fromMemorySegment(SPECIES, sums, row0, ORDER);
        FloatVector sum10 = FloatVector.fromMemorySegment(SPECIES, sums, row1 + 2 * step, ORDER);
        FloatVector sum11 = FloatVector.fromMemorySegment(SPECIES, sums, row1 + step, ORDER);
        FloatVector sum12 = FloatVector.fromMemorySegment(SPECIES, sums, row1, ORDER);
        FloatVector sum20 = FloatVector.fromMemorySegment(SPECIES, sums, row2 + 2 * step, ORDER);
        FloatVector sum21 = FloatVector.fromMemorySegment(SPECIES, sums, row2 + step, ORDER);
        FloatVector sum22 = FloatVector.fromMemorySegment(SPECIES, sums, row2, ORDER);
        for (int event = from; event < to; event++) {
            final long tap = weight + keys[event] * source;
            FloatVector weight00 = FloatVector.fromMemorySegment(SPECIES, weights, tap, ORDER);
            FloatVector weight01 = FloatVector.fromMemorySegment(SPECIES, weights, tap + TAP, ORDER);
            FloatVector weight02 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 2 * TAP, ORDER);
            FloatVector weight10 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 3 * TAP, ORDER);
            FloatVector weight11 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 4 * TAP, ORDER);
            FloatVector weight12 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 5 * TAP, ORDER);
            FloatVector weight20 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 6 * TAP, ORDER);
            FloatVector weight21 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 7 * TAP, ORDER);
            FloatVector weight22 = FloatVector.fromMemorySegment(SPECIES, weights, tap + 8 * TAP, ORDER);
            if (floats != null) {
                final FloatVector value = FloatVector.broadcast(SPECIES, floats[event]);
                weight00 = weight00.mul(value);
                weight01 = weight01.mul(value);
                weight02 = weight02.mul(value);
                weight10 = weight10.mul(value);
                weight11 = weight11.mul(value);
                weight12 = weight12.mul(value);
                weight20 = weight20.mul(value);
                weight21 = weight21.mul(value);
                weight22 = weight22.mul(value);
            }
            sum00 = sum00.add(weight00);
            sum01 = sum01.add(weight01);
            sum02 = sum02.add(weight02);
            sum10 = sum10.add(weight10);
            sum11 = sum11.add(weight11);
            sum12 = sum12.add(weight12);
            sum20 = sum20.add(weight20);
            sum21 = sum21.add(weight21);
            sum22 = sum22.add(weight22);
        }
        sum00.intoMemorySegment(sums, row0 + 2 * step, ORDER);
        sum01.intoMemorySegment(sums, row0 + step, ORDER);
        sum02.intoMemorySegment(sums, row0, ORDER);
        sum10.intoMemorySegment(sums, row1 + 2 * step, ORDER);
        sum11.intoMemorySegment(sums, row1 + step, ORDER);
        sum12.intoMemorySegment(sums, row1, ORDER);
        sum20.intoMemorySegment(sums, row2 + 2 * step, ORDER);
        sum21.intoMemorySegment(sums, row2 + step, ORDER);
        sum22.intoMemorySegment(sums, row2, ORDER);
    }

    @Override
    void take(final MemorySegment from, final long place, final int size, final float[] row, final int offset) {
        final FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < size; i += SPECIES.length()) {
            FloatVector.fromMemorySegment(SPECIES, from, place + (long) i * Float.BYTES, ORDER)
                .intoArray(row, offset + i);
            zero.intoMemorySegment(from, place + (long) i * Float.BYTES, ORDER);
        }
    }
}
