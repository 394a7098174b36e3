package org.spikemeter.engine.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.integer.IntegerTable;

/**
 * All channels of a target in vectors of 16 bits, twice the lanes of float32. Each loop is a small method of its own,
 * as in {@link VectorGather}.
 */
final class VectorIntegerGather extends IntegerGather {
    private static final int LANES = IntegerTable.LANES;
    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED.length() <= LANES
        ? ShortVector.SPECIES_PREFERRED : ShortVector.SPECIES_512;
    private static final int L = SPECIES.length();
    private static final VectorSpecies<Integer> WIDE =
        VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize()));
    private static final int W = WIDE.length();
    private static final VectorSpecies<Short> HALF =
        VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    private final ScalarIntegerGather scalar = new ScalarIntegerGather();

    @Override
    void add(
        final IntegerTable table, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target) {
        if (table.convolution().groups() > 1) {
            scalar.add(table, keys, values, from, to, base, sums, target);
            return;
        }
        final int lanes = table.lanes();
        for (int lane = 0; lane < lanes; lane += L) {
            addNarrow(table.weights(), lanes, keys, values, from, to, base * lanes + lane, sums, target + lane);
        }
    }

    private static void addNarrow(
        final short[] weights, final int lanes, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target) {
        ShortVector sum = ShortVector.fromArray(SPECIES, sums, target);
        for (int event = from; event < to; event++) {
            final ShortVector weight = ShortVector.fromArray(SPECIES, weights, keys[event] * lanes + base);
            sum = sum.add(values == null ? weight : weight.mul(values[event]));
        }
        sum.intoArray(sums, target);
    }

    @Override
    void add(
        final IntegerTable table, final int[] keys, final short[] values, final int from, final int to,
        final int base, final int[] sums, final int target) {
        if (table.convolution().groups() > 1) {
            scalar.add(table, keys, values, from, to, base, sums, target);
            return;
        }
        final int lanes = table.lanes();
        for (int lane = 0; lane < lanes; lane += W) {
            addWide(table.weights(), lanes, keys, values, from, to, base * lanes + lane, sums, target + lane);
        }
    }

    private static IntVector widened(final short[] from, final int place) {
        return (IntVector) ShortVector.fromArray(HALF, from, place).convertShape(VectorOperators.S2I, WIDE, 0);
    }

    private static void addWide(
        final short[] weights, final int lanes, final int[] keys, final short[] values, final int from, final int to,
        final int base, final int[] sums, final int target) {
        IntVector sum = IntVector.fromArray(WIDE, sums, target);
        for (int event = from; event < to; event++) {
            final IntVector weight = widened(weights, keys[event] * lanes + base);
            sum = sum.add(values == null ? weight : weight.mul(values[event]));
        }
        sum.intoArray(sums, target);
    }

    @Override
    void addShifted(
        final short[] sums, final int first, final int size, final int shift, final int[] row, final int target) {
        final int whole = WIDE.loopBound(size);
        if (shift >= 0) {
            for (int i = 0; i < whole; i += W) {
                IntVector.fromArray(WIDE, row, target + i)
                    .add(widened(sums, first + i).lanewise(VectorOperators.LSHL, shift)).intoArray(row, target + i);
            }
        } else {
            final int half = 1 << -shift - 1;
            for (int i = 0; i < whole; i += W) {
                IntVector.fromArray(WIDE, row, target + i)
                    .add(widened(sums, first + i).add(half).lanewise(VectorOperators.ASHR, -shift))
                    .intoArray(row, target + i);
            }
        }
        ScalarIntegerGather.addShiftedFrom(sums, first, whole, size, shift, row, target);
    }
}
