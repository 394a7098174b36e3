package org.spikemeter.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.synapse.SlideWeights;

/**
 * Sums in 16 bits: twice the lanes of {@link VectorSlide}, and the same loops, which Java cannot write once for both
 * types without boxing their vectors.
 */
final class VectorIntegerSlide extends IntegerSlide {
    private static final VectorSpecies<Short> SPECIES =
        VectorSpecies.of(short.class, VectorKernels.SPECIES.vectorShape());
    private static final VectorSpecies<Integer> WIDE =
        VectorSpecies.of(int.class, VectorKernels.SPECIES.vectorShape());
    private static final VectorSpecies<Short> HALF =
        VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long TAP = SlideWeights.BLOCK_BYTES;

    VectorIntegerSlide(final SlideWeights weights) {
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
        if (values == null) {
            addUnits(weights, source, weight, keys, from, to, sums, row0, row1, row2, step);
        } else {
            addScaled(weights, source, weight, keys, values, from, to, sums, row0, row1, row2, step);
        }
    }

    private static void addUnits(
        final MemorySegment weights, final long source, final long weight, final int[] keys, final int from,
        final int to, final MemorySegment sums, final long row0, final long row1, final long row2, final long step) {
        ShortVector sum00 = ShortVector.fromMemorySegment(SPECIES, sums, row0 + 2 * step, ORDER);
        ShortVector sum01 = ShortVector.fromMemorySegment(SPECIES, sums, row0 + step, ORDER);
        ShortVector sum02 = ShortVector.fromMemorySegment(SPECIES, sums, row0, ORDER);
        ShortVector sum10 = ShortVector.fromMemorySegment(SPECIES, sums, row1 + 2 * step, ORDER);
        ShortVector sum11 = ShortVector.fromMemorySegment(SPECIES, sums, row1 + step, ORDER);
        ShortVector sum12 = ShortVector.fromMemorySegment(SPECIES, sums, row1, ORDER);
        ShortVector sum20 = ShortVector.fromMemorySegment(SPECIES, sums, row2 + 2 * step, ORDER);
        ShortVector sum21 = ShortVector.fromMemorySegment(SPECIES, sums, row2 + step, ORDER);
        ShortVector sum22 = ShortVector.fromMemorySegment(SPECIES, sums, row2, ORDER);
        for (int event = from; event < to; event++) {
            final long tap = weight + keys[event] * source;
            sum00 = sum00.add(ShortVector.fromMemorySegment(SPECIES, weights, tap, ORDER));
            sum01 = sum01.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + TAP, ORDER));
            sum02 = sum02.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 2 * TAP, ORDER));
            sum10 = sum10.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 3 * TAP, ORDER));
            sum11 = sum11.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 4 * TAP, ORDER));
            sum12 = sum12.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 5 * TAP, ORDER));
            sum20 = sum20.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 6 * TAP, ORDER));
            sum21 = sum21.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 7 * TAP, ORDER));
            sum22 = sum22.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 8 * TAP, ORDER));
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

    private static void addScaled(
        final MemorySegment weights, final long source, final long weight, final int[] keys, final short[] values,
        final int from, final int to, final MemorySegment sums, final long row0, final long row1, final long row2,
        final long step) {
        ShortVector sum00 = ShortVector.fromMemorySegment(SPECIES, sums, row0 + 2 * step, ORDER);
        ShortVector sum01 = ShortVector.fromMemorySegment(SPECIES, sums, row0 + step, ORDER);
        ShortVector sum02 = ShortVector.fromMemorySegment(SPECIES, sums, row0, ORDER);
        ShortVector sum10 = ShortVector.fromMemorySegment(SPECIES, sums, row1 + 2 * step, ORDER);
        ShortVector sum11 = ShortVector.fromMemorySegment(SPECIES, sums, row1 + step, ORDER);
        ShortVector sum12 = ShortVector.fromMemorySegment(SPECIES, sums, row1, ORDER);
        ShortVector sum20 = ShortVector.fromMemorySegment(SPECIES, sums, row2 + 2 * step, ORDER);
        ShortVector sum21 = ShortVector.fromMemorySegment(SPECIES, sums, row2 + step, ORDER);
        ShortVector sum22 = ShortVector.fromMemorySegment(SPECIES, sums, row2, ORDER);
        for (int event = from; event < to; event++) {
            final long tap = weight + keys[event] * source;
            final ShortVector value = ShortVector.broadcast(SPECIES, values[event]);
            sum00 = sum00.add(ShortVector.fromMemorySegment(SPECIES, weights, tap, ORDER).mul(value));
            sum01 = sum01.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + TAP, ORDER).mul(value));
            sum02 = sum02.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 2 * TAP, ORDER).mul(value));
            sum10 = sum10.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 3 * TAP, ORDER).mul(value));
            sum11 = sum11.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 4 * TAP, ORDER).mul(value));
            sum12 = sum12.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 5 * TAP, ORDER).mul(value));
            sum20 = sum20.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 6 * TAP, ORDER).mul(value));
            sum21 = sum21.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 7 * TAP, ORDER).mul(value));
            sum22 = sum22.add(ShortVector.fromMemorySegment(SPECIES, weights, tap + 8 * TAP, ORDER).mul(value));
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
    void addTo(
        final MemorySegment from, final long place, final int size, final int shift, final int[] row,
        final int offset) {
        final int half = shift < 0 ? 1 << -shift - 1 : 0;
        final IntVector rounding = IntVector.broadcast(WIDE, half);
        final int left = Math.max(shift, 0);
        final int right = Math.max(-shift, 0);
        final int whole = WIDE.loopBound(size);
        for (int i = 0; i < whole; i += WIDE.length()) {
            final IntVector sum = (IntVector) ShortVector.fromMemorySegment(HALF, from, place + (long) i * Short.BYTES,
                ORDER).convertShape(VectorOperators.S2I, WIDE, 0);
            IntVector.fromArray(WIDE, row, offset + i)
                .add(sum.lanewise(VectorOperators.LSHL, left).add(rounding).lanewise(VectorOperators.ASHR, right))
                .intoArray(row, offset + i);
        }
        for (int i = whole; i < size; i++) {
            final int sum = from.get(ValueLayout.JAVA_SHORT, place + (long) i * Short.BYTES);
            row[offset + i] += (sum << left) + half >> right;
        }
        final ShortVector zero = ShortVector.zero(SPECIES);
        for (int i = 0; i < size; i += SPECIES.length()) {
            zero.intoMemorySegment(from, place + (long) i * Short.BYTES, ORDER);
        }
    }
}
