package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Target pixel by target pixel, its channels in vector registers.
 *
 * <p>Sums must be added up in the order of their sources, so each register waits for its own last addition. Two target
 * pixels, one below the other, have most source rows in common: taken together they keep twice as many registers busy
 * and read keys half as often. One pair is one call of a small method: a loop that carries vectors and is compiled by
 * on-stack replacement inside a larger method boxes them, and runs ten times slower.
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
                gather(table, events, scratch, 0, row, offset + x * channels, 0);
            }
        }
    }

    @Override
    public void accumulatePair(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] rows,
        final int stride, final WindowRanges scratch) {
        final Window window = table.window();
        if (window.strideY() > 1 || window.dilationY() > 1 || window.kernelY() == 1 || table.groups() > 1) {
            SynapseKernel.super.accumulatePair(table, events, dense, y, rows, stride, scratch);
            return;
        }
        final int channels = table.output().channels();
        // the weights of a source for the lower pixel are those of the kernel row before
        final int below = window.kernelX() * table.input().channels() * table.lanes();
        scratch.openPair(table, y);
        for (int x = 0; x < table.output().width(); x++) {
            scratch.locate(events.pixelStart(), x);
            if (scratch.count > 0) {
                gather(table, events, scratch, below, rows, x * channels, stride);
            }
        }
    }

    /**
     * Adds up one pixel, or a pair.
     *
     * @param below from a source's weight for the upper pixel back to that for the lower one
     * @param stride from the upper pixel to the lower one; 0 for one pixel alone
     */
    private static void gather(
        final ConvolutionTable table, final EventGrid events, final WindowRanges ranges, final int below,
        final float[] rows, final int target, final int stride) {
        final int[] keys = events.keys();
        final float[] values = events.isUnit() ? null : events.values();
        if (table.groups() > 1) {
            for (int range = 0; range < ranges.count; range++) {
                GroupedVector.add(table, keys, values, ranges.from[range], ranges.to[range], ranges.weightBase[range],
                    rows, target);
            }
            return;
        }
        final float[] weights = table.weightArray();
        final int lanes = table.lanes();
        int lane = 0;
        for (; lane + 2 * L <= lanes; lane += 2 * L) {
            if (values == null) {
                add2(ranges, keys, weights, lanes, lane, below, rows, target + lane, stride);
            } else {
                addScaled2(ranges, keys, values, weights, lanes, lane, below, rows, target + lane, stride);
            }
        }
        for (; lane < lanes; lane += L) {
            if (values == null) {
                add1(ranges, keys, weights, lanes, lane, below, rows, target + lane, stride);
            } else {
                addScaled1(ranges, keys, values, weights, lanes, lane, below, rows, target + lane, stride);
            }
        }
    }

    private static void add1(
        final WindowRanges ranges, final int[] keys, final float[] weights, final int lanes,
        final int lane, final int below, final float[] rows, final int target, final int stride) {
        FloatVector upper = FloatVector.zero(SPECIES);
        FloatVector lower = upper;
        for (int range = 0; range < ranges.shared; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                upper = upper.add(FloatVector.fromArray(SPECIES, weights, weight));
            }
        }
        for (int range = ranges.shared; range < ranges.lower; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                upper = upper.add(FloatVector.fromArray(SPECIES, weights, weight));
                lower = lower.add(FloatVector.fromArray(SPECIES, weights, weight - below));
            }
        }
        for (int range = ranges.lower; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                lower = lower.add(FloatVector.fromArray(SPECIES, weights, weight));
            }
        }
        upper.intoArray(rows, target);
        if (stride > 0) {
            lower.intoArray(rows, target + stride);
        }
    }

    private static void addScaled1(
        final WindowRanges ranges, final int[] keys, final float[] values, final float[] weights, final int lanes,
        final int lane, final int below, final float[] rows, final int target, final int stride) {
        FloatVector upper = FloatVector.zero(SPECIES);
        FloatVector lower = upper;
        for (int range = 0; range < ranges.shared; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                upper = upper.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
            }
        }
        for (int range = ranges.shared; range < ranges.lower; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                upper = upper.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
                lower = lower.add(FloatVector.fromArray(SPECIES, weights, weight - below).mul(value));
            }
        }
        for (int range = ranges.lower; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                lower = lower.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
            }
        }
        upper.intoArray(rows, target);
        if (stride > 0) {
            lower.intoArray(rows, target + stride);
        }
    }

    private static void add2(
        final WindowRanges ranges, final int[] keys, final float[] weights, final int lanes,
        final int lane, final int below, final float[] rows, final int target, final int stride) {
        FloatVector upper0 = FloatVector.zero(SPECIES);
        FloatVector upper1 = upper0;
        FloatVector lower0 = upper0;
        FloatVector lower1 = upper0;
        for (int range = 0; range < ranges.shared; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                upper0 = upper0.add(FloatVector.fromArray(SPECIES, weights, weight));
                upper1 = upper1.add(FloatVector.fromArray(SPECIES, weights, weight + L));
            }
        }
        for (int range = ranges.shared; range < ranges.lower; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                upper0 = upper0.add(FloatVector.fromArray(SPECIES, weights, weight));
                upper1 = upper1.add(FloatVector.fromArray(SPECIES, weights, weight + L));
                lower0 = lower0.add(FloatVector.fromArray(SPECIES, weights, weight - below));
                lower1 = lower1.add(FloatVector.fromArray(SPECIES, weights, weight - below + L));
            }
        }
        for (int range = ranges.lower; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                lower0 = lower0.add(FloatVector.fromArray(SPECIES, weights, weight));
                lower1 = lower1.add(FloatVector.fromArray(SPECIES, weights, weight + L));
            }
        }
        upper0.intoArray(rows, target);
        upper1.intoArray(rows, target + L);
        if (stride > 0) {
            lower0.intoArray(rows, target + stride);
            lower1.intoArray(rows, target + stride + L);
        }
    }

    private static void addScaled2(
        final WindowRanges ranges, final int[] keys, final float[] values, final float[] weights, final int lanes,
        final int lane, final int below, final float[] rows, final int target, final int stride) {
        FloatVector upper0 = FloatVector.zero(SPECIES);
        FloatVector upper1 = upper0;
        FloatVector lower0 = upper0;
        FloatVector lower1 = upper0;
        for (int range = 0; range < ranges.shared; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                upper0 = upper0.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
                upper1 = upper1.add(FloatVector.fromArray(SPECIES, weights, weight + L).mul(value));
            }
        }
        for (int range = ranges.shared; range < ranges.lower; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                upper0 = upper0.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
                upper1 = upper1.add(FloatVector.fromArray(SPECIES, weights, weight + L).mul(value));
                lower0 = lower0.add(FloatVector.fromArray(SPECIES, weights, weight - below).mul(value));
                lower1 = lower1.add(FloatVector.fromArray(SPECIES, weights, weight - below + L).mul(value));
            }
        }
        for (int range = ranges.lower; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            final int end = ranges.to[range];
            for (int event = ranges.from[range]; event < end; event++) {
                final int weight = (base + keys[event]) * lanes + lane;
                final FloatVector value = FloatVector.broadcast(SPECIES, values[event]);
                lower0 = lower0.add(FloatVector.fromArray(SPECIES, weights, weight).mul(value));
                lower1 = lower1.add(FloatVector.fromArray(SPECIES, weights, weight + L).mul(value));
            }
        }
        upper0.intoArray(rows, target);
        upper1.intoArray(rows, target + L);
        if (stride > 0) {
            lower0.intoArray(rows, target + stride);
            lower1.intoArray(rows, target + stride + L);
        }
    }
}
