package org.spikemeter.engine.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.integer.IntegerTable;

/**
 * All channels of a target in vectors of 16 bits, twice the lanes of float32. The events of one source pixel are added
 * to the nine targets around it, whose sums stay in registers: an event's key and the loop are paid once for all nine.
 * Each loop is a small method of its own, as in {@link VectorGather}.
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
    void addWindow(
        final short[] weights, final int source, final int[] keys, final short[] values, final int from, final int to,
        final int base, final int taps, final short[] sums, final int target, final int lanes, final int rowSize) {
        for (int lane = 0; lane < LANES; lane += L) {
            if (values == null) {
                switch (taps) {
                    case 1 -> add3(weights, source, keys, from, to, base + lane, sums, target + lane, lanes);
                    case 2 -> add6(weights, source, keys, from, to, base + lane, sums, target + lane, lanes, rowSize);
                    default -> add9(weights, source, keys, from, to, base + lane, sums, target + lane, lanes, rowSize);
                }
            } else {
                switch (taps) {
                    case 1 -> addScaled3(weights, source, keys, values, from, to, base + lane, sums, target + lane,
                        lanes);
                    case 2 -> addScaled6(weights, source, keys, values, from, to, base + lane, sums, target + lane,
                        lanes, rowSize);
                    default -> addScaled9(weights, source, keys, values, from, to, base + lane, sums, target + lane,
                        lanes, rowSize);
                }
            }
        }
    }

    private static ShortVector load(final short[] weights, final int from) {
        return ShortVector.fromArray(SPECIES, weights, from);
    }

    private static ShortVector scaled(final short[] weights, final int from, final ShortVector value) {
        return ShortVector.fromArray(SPECIES, weights, from).mul(value);
    }

    private static void add3(
        final short[] weights, final int source, final int[] keys, final int from, final int to, final int base,
        final short[] sums, final int target, final int lanes) {
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            sum0 = sum0.add(load(weights, weight));
            sum1 = sum1.add(load(weights, weight + LANES));
            sum2 = sum2.add(load(weights, weight + 2 * LANES));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
    }

    private static void add6(
        final short[] weights, final int source, final int[] keys, final int from, final int to, final int base,
        final short[] sums, final int target, final int lanes, final int rowSize) {
        final int target1 = target - rowSize;
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        ShortVector sum3 = ShortVector.fromArray(SPECIES, sums, target1 + 2 * lanes);
        ShortVector sum4 = ShortVector.fromArray(SPECIES, sums, target1 + lanes);
        ShortVector sum5 = ShortVector.fromArray(SPECIES, sums, target1);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            sum0 = sum0.add(load(weights, weight));
            sum1 = sum1.add(load(weights, weight + LANES));
            sum2 = sum2.add(load(weights, weight + 2 * LANES));
            sum3 = sum3.add(load(weights, weight + 3 * LANES));
            sum4 = sum4.add(load(weights, weight + 4 * LANES));
            sum5 = sum5.add(load(weights, weight + 5 * LANES));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
        sum3.intoArray(sums, target1 + 2 * lanes);
        sum4.intoArray(sums, target1 + lanes);
        sum5.intoArray(sums, target1);
    }

    private static void add9(
        final short[] weights, final int source, final int[] keys, final int from, final int to, final int base,
        final short[] sums, final int target, final int lanes, final int rowSize) {
        final int target1 = target - rowSize;
        final int target2 = target1 - rowSize;
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        ShortVector sum3 = ShortVector.fromArray(SPECIES, sums, target1 + 2 * lanes);
        ShortVector sum4 = ShortVector.fromArray(SPECIES, sums, target1 + lanes);
        ShortVector sum5 = ShortVector.fromArray(SPECIES, sums, target1);
        ShortVector sum6 = ShortVector.fromArray(SPECIES, sums, target2 + 2 * lanes);
        ShortVector sum7 = ShortVector.fromArray(SPECIES, sums, target2 + lanes);
        ShortVector sum8 = ShortVector.fromArray(SPECIES, sums, target2);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            sum0 = sum0.add(load(weights, weight));
            sum1 = sum1.add(load(weights, weight + LANES));
            sum2 = sum2.add(load(weights, weight + 2 * LANES));
            sum3 = sum3.add(load(weights, weight + 3 * LANES));
            sum4 = sum4.add(load(weights, weight + 4 * LANES));
            sum5 = sum5.add(load(weights, weight + 5 * LANES));
            sum6 = sum6.add(load(weights, weight + 6 * LANES));
            sum7 = sum7.add(load(weights, weight + 7 * LANES));
            sum8 = sum8.add(load(weights, weight + 8 * LANES));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
        sum3.intoArray(sums, target1 + 2 * lanes);
        sum4.intoArray(sums, target1 + lanes);
        sum5.intoArray(sums, target1);
        sum6.intoArray(sums, target2 + 2 * lanes);
        sum7.intoArray(sums, target2 + lanes);
        sum8.intoArray(sums, target2);
    }

    private static void addScaled3(
        final short[] weights, final int source, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target, final int lanes) {
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            final ShortVector value = ShortVector.broadcast(SPECIES, values[event]);
            sum0 = sum0.add(scaled(weights, weight, value));
            sum1 = sum1.add(scaled(weights, weight + LANES, value));
            sum2 = sum2.add(scaled(weights, weight + 2 * LANES, value));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
    }

    private static void addScaled6(
        final short[] weights, final int source, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target, final int lanes, final int rowSize) {
        final int target1 = target - rowSize;
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        ShortVector sum3 = ShortVector.fromArray(SPECIES, sums, target1 + 2 * lanes);
        ShortVector sum4 = ShortVector.fromArray(SPECIES, sums, target1 + lanes);
        ShortVector sum5 = ShortVector.fromArray(SPECIES, sums, target1);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            final ShortVector value = ShortVector.broadcast(SPECIES, values[event]);
            sum0 = sum0.add(scaled(weights, weight, value));
            sum1 = sum1.add(scaled(weights, weight + LANES, value));
            sum2 = sum2.add(scaled(weights, weight + 2 * LANES, value));
            sum3 = sum3.add(scaled(weights, weight + 3 * LANES, value));
            sum4 = sum4.add(scaled(weights, weight + 4 * LANES, value));
            sum5 = sum5.add(scaled(weights, weight + 5 * LANES, value));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
        sum3.intoArray(sums, target1 + 2 * lanes);
        sum4.intoArray(sums, target1 + lanes);
        sum5.intoArray(sums, target1);
    }

    private static void addScaled9(
        final short[] weights, final int source, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target, final int lanes, final int rowSize) {
        final int target1 = target - rowSize;
        final int target2 = target1 - rowSize;
        ShortVector sum0 = ShortVector.fromArray(SPECIES, sums, target + 2 * lanes);
        ShortVector sum1 = ShortVector.fromArray(SPECIES, sums, target + lanes);
        ShortVector sum2 = ShortVector.fromArray(SPECIES, sums, target);
        ShortVector sum3 = ShortVector.fromArray(SPECIES, sums, target1 + 2 * lanes);
        ShortVector sum4 = ShortVector.fromArray(SPECIES, sums, target1 + lanes);
        ShortVector sum5 = ShortVector.fromArray(SPECIES, sums, target1);
        ShortVector sum6 = ShortVector.fromArray(SPECIES, sums, target2 + 2 * lanes);
        ShortVector sum7 = ShortVector.fromArray(SPECIES, sums, target2 + lanes);
        ShortVector sum8 = ShortVector.fromArray(SPECIES, sums, target2);
        for (int event = from; event < to; event++) {
            final int weight = keys[event] * source + base;
            final ShortVector value = ShortVector.broadcast(SPECIES, values[event]);
            sum0 = sum0.add(scaled(weights, weight, value));
            sum1 = sum1.add(scaled(weights, weight + LANES, value));
            sum2 = sum2.add(scaled(weights, weight + 2 * LANES, value));
            sum3 = sum3.add(scaled(weights, weight + 3 * LANES, value));
            sum4 = sum4.add(scaled(weights, weight + 4 * LANES, value));
            sum5 = sum5.add(scaled(weights, weight + 5 * LANES, value));
            sum6 = sum6.add(scaled(weights, weight + 6 * LANES, value));
            sum7 = sum7.add(scaled(weights, weight + 7 * LANES, value));
            sum8 = sum8.add(scaled(weights, weight + 8 * LANES, value));
        }
        sum0.intoArray(sums, target + 2 * lanes);
        sum1.intoArray(sums, target + lanes);
        sum2.intoArray(sums, target);
        sum3.intoArray(sums, target1 + 2 * lanes);
        sum4.intoArray(sums, target1 + lanes);
        sum5.intoArray(sums, target1);
        sum6.intoArray(sums, target2 + 2 * lanes);
        sum7.intoArray(sums, target2 + lanes);
        sum8.intoArray(sums, target2);
    }

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
            if (values == null) {
                add1(table.weights(), lanes, keys, from, to, base * lanes + lane, sums, target + lane);
            } else {
                addScaled1(table.weights(), lanes, keys, values, from, to, base * lanes + lane, sums, target + lane);
            }
        }
    }

    private static void add1(
        final short[] weights, final int lanes, final int[] keys, final int from, final int to, final int base,
        final short[] sums, final int target) {
        ShortVector sum = ShortVector.fromArray(SPECIES, sums, target);
        for (int event = from; event < to; event++) {
            sum = sum.add(load(weights, keys[event] * lanes + base));
        }
        sum.intoArray(sums, target);
    }

    private static void addScaled1(
        final short[] weights, final int lanes, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target) {
        ShortVector sum = ShortVector.fromArray(SPECIES, sums, target);
        for (int event = from; event < to; event++) {
            sum = sum.add(scaled(weights, keys[event] * lanes + base, ShortVector.broadcast(SPECIES, values[event])));
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
            if (values == null) {
                addWide1(table.weights(), lanes, keys, from, to, base * lanes + lane, sums, target + lane);
            } else {
                addWideScaled1(table.weights(), lanes, keys, values, from, to, base * lanes + lane, sums,
                    target + lane);
            }
        }
    }

    private static IntVector widened(final short[] from, final int place) {
        return (IntVector) ShortVector.fromArray(HALF, from, place).convertShape(VectorOperators.S2I, WIDE, 0);
    }

    private static void addWide1(
        final short[] weights, final int lanes, final int[] keys, final int from, final int to, final int base,
        final int[] sums, final int target) {
        IntVector sum = IntVector.fromArray(WIDE, sums, target);
        for (int event = from; event < to; event++) {
            sum = sum.add(widened(weights, keys[event] * lanes + base));
        }
        sum.intoArray(sums, target);
    }

    private static void addWideScaled1(
        final short[] weights, final int lanes, final int[] keys, final short[] values, final int from, final int to,
        final int base, final int[] sums, final int target) {
        IntVector sum = IntVector.fromArray(WIDE, sums, target);
        for (int event = from; event < to; event++) {
            sum = sum.add(widened(weights, keys[event] * lanes + base).mul(values[event]));
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
