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
            ShortVector weight00 = ShortVector.fromMemorySegment(SPECIES, weights, tap, ORDER);
            ShortVector weight01 = ShortVector.fromMemorySegment(SPECIES, weights, tap + TAP, ORDER);
            ShortVector weight02 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 2 * TAP, ORDER);
            ShortVector weight10 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 3 * TAP, ORDER);
            ShortVector weight11 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 4 * TAP, ORDER);
            ShortVector weight12 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 5 * TAP, ORDER);
            ShortVector weight20 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 6 * TAP, ORDER);
            ShortVector weight21 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 7 * TAP, ORDER);
            ShortVector weight22 = ShortVector.fromMemorySegment(SPECIES, weights, tap + 8 * TAP, ORDER);
            if (values != null) {
                final ShortVector value = ShortVector.broadcast(SPECIES, values[event]);
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
