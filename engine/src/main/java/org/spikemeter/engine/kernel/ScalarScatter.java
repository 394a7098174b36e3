package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Event by event: {@code row[target] += value * weight}. */
final class ScalarScatter implements SynapseKernel {
    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final Window window = table.window();
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY >= 0 && sourceY < table.input().height()) {
                scatterRow(table, events, sourceY, ky, row, offset);
            }
        }
    }

    private static void scatterRow(
        final ConvolutionTable table, final EventGrid events, final int sourceY, final int ky, final float[] row,
        final int offset) {
        final Window window = table.window();
        final int width = table.input().width();
        final int[] pixelStart = events.pixelStart();
        final int index = sourceY * (width + 1);
        if (pixelStart[index] == pixelStart[index + width]) {
            return;
        }
        for (int x = 0; x < width; x++) {
            final int from = pixelStart[index + x];
            final int to = pixelStart[index + x + 1];
            if (from == to) {
                continue;
            }
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int shifted = x + window.paddingX() - kx * window.dilationX();
                final int targetX = shifted / window.strideX();
                if (shifted >= 0 && targetX * window.strideX() == shifted && targetX < table.output().width()) {
                    scatterPixel(table, events, from, to, x, ky * window.kernelX() + kx,
                        offset + targetX * table.output().channels(), row);
                }
            }
        }
    }

    private static void scatterPixel(
        final ConvolutionTable table, final EventGrid events, final int from, final int to, final int x, final int tap,
        final int target, final float[] row) {
        final int[] keys = events.keys();
        final float[] values = events.values();
        final boolean unit = events.isUnit();
        final float[] weights = table.weightArray();
        final int channels = table.input().channels();
        final int inGroup = table.inGroup();
        final int outGroup = table.outGroup();
        for (int event = from; event < to; event++) {
            final int channel = keys[event] - x * channels;
            final int weight = (tap * channels + channel) * table.lanes();
            final int first = target + channel / inGroup * outGroup;
            final float value = unit ? 1.0f : values[event];
            for (int i = 0; i < outGroup; i++) {
                row[first + i] += value * weights[weight + i];
            }
        }
    }
}
