package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Target pixel by target pixel: the events under its window, ascending. */
final class ScalarGather implements SynapseKernel {
    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final int channels = table.output().channels();
        scratch.open(table, y);
        for (int x = 0; x < table.output().width(); x++) {
            scratch.locate(events.pixelStart(), x);
            if (scratch.count > 0) {
                gatherPixel(table, events, scratch, row, offset + x * channels);
            }
        }
    }

    private static void gatherPixel(
        final ConvolutionTable table, final EventGrid events, final WindowRanges ranges, final float[] row,
        final int target) {
        final int[] keys = events.keys();
        final float[] values = events.values();
        final boolean unit = events.isUnit();
        final float[] weights = table.weightArray();
        final int channels = table.input().channels();
        final int inGroup = table.inGroup();
        final int outGroup = table.outGroup();
        for (int range = 0; range < ranges.count; range++) {
            final int base = ranges.weightBase[range];
            for (int event = ranges.from[range]; event < ranges.to[range]; event++) {
                final int weight = (base + keys[event]) * table.lanes();
                final int first = target + keys[event] % channels / inGroup * outGroup;
                final float value = unit ? 1.0f : values[event];
                for (int i = 0; i < outGroup; i++) {
                    row[first + i] += value * weights[weight + i];
                }
            }
        }
    }
}
