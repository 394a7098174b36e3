package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Target pixel by target pixel, its channels in vector registers.
 *
 * <p>One pixel is one call of a small method: a loop that carries vectors and is compiled by on-stack replacement
 * inside a larger method boxes them, and runs ten times slower.
 */
final class VectorGather implements SynapseKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final int L = SPECIES.length();

    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final int channels = table.output().channels();
        scratch.open(table, y);
        for (int x = 0; x < table.output().width(); x++) {
            scratch.locate(events.pixelStart(), x);
            if (scratch.count > 0) {
                gather(table, events, scratch, row, offset + x * channels);
            }
        }
    }

    private static void gather(
        final ConvolutionTable table, final EventGrid events, final WindowRanges ranges, final float[] row,
        final int target) {
        final int[] keys = events.keys();
        final float[] values = events.isUnit() ? null : events.values();
        if (table.groups() > 1) {
            gatherGroups(table, keys, values, ranges, row, target);
            return;
        }
        final float[] weights = table.weightArray();
        final int lanes = table.lanes();
        int lane = 0;
        for (; lane + 2 * L <= lanes; lane += 2 * L) {
            add2(ranges, keys, values, weights, lanes, lane, row, target + lane);
        }
        for (; lane < lanes; lane += L) {
            add1(ranges, keys, values, weights, lanes, lane, row, target + lane);
        }
    }

    /** A range may span several source pixels. */
    private static void gatherGroups(
        final ConvolutionTable table, final int[] keys, final float[] values, final WindowRanges ranges,
        final float[] row, final int target) {
        final int channels = table.input().channels();
        for (int range = 0; range < ranges.count; range++) {
            for (int event = ranges.from[range]; event < ranges.to[range]; event++) {
                final int firstKey = keys[event] / channels * channels;
                GroupedVector.add(table, keys, values, event, event + 1, firstKey, ranges.weightBase[range] + firstKey,
                    row, target);
            }
        }
    }

    private static void add1(
        final WindowRanges ranges, final int[] keys, final float[] values, final float[] weights, final int lanes,
        final int lane, final float[] row, final int target) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        for (int range = 0; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int place = (base + keys[event]) * lanes + lane;
                FloatVector weight0 = FloatVector.fromArray(SPECIES, weights, place);
                if (values != null) {
                    final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                    weight0 = weight0.mul(value);
                }
                sum0 = sum0.add(weight0);
            }
        }
        sum0.intoArray(row, target);
    }

    private static void add2(
        final WindowRanges ranges, final int[] keys, final float[] values, final float[] weights, final int lanes,
        final int lane, final float[] row, final int target) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        for (int range = 0; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int place = (base + keys[event]) * lanes + lane;
                FloatVector weight0 = FloatVector.fromArray(SPECIES, weights, place);
                FloatVector weight1 = FloatVector.fromArray(SPECIES, weights, place + L);
                if (values != null) {
                    final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                    weight0 = weight0.mul(value);
                    weight1 = weight1.mul(value);
                }
                sum0 = sum0.add(weight0);
                sum1 = sum1.add(weight1);
            }
        }
        sum0.intoArray(row, target);
        sum1.intoArray(row, target + L);
    }
}
