package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Every source under the window, silent ones too: adding {@code 0 * weight} changes no bit of a sum from +0. */
final class ScalarDense implements SynapseKernel {
    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final Window window = table.window();
        for (int x = 0; x < table.output().width(); x++) {
            for (int ky = 0; ky < window.kernelY(); ky++) {
                final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
                for (int kx = 0; kx < window.kernelX(); kx++) {
                    final int sourceX = x * window.strideX() - window.paddingX() + kx * window.dilationX();
                    if (sourceY >= 0 && sourceY < table.input().height()
                        && sourceX >= 0 && sourceX < table.input().width()) {
                        addTap(table, dense, table.input().address(sourceY, sourceX, 0),
                            ky * window.kernelX() + kx, row, offset + x * table.output().channels());
                    }
                }
            }
        }
    }

    private static void addTap(
        final ConvolutionTable table, final float[] dense, final int source, final int tap, final float[] row,
        final int target) {
        final float[] weights = table.weightArray();
        final int channels = table.input().channels();
        final int outGroup = table.outGroup();
        for (int c = 0; c < channels; c++) {
            final float value = dense[source + c];
            final int weight = (tap * channels + c) * table.lanes();
            final int first = target + c / table.inGroup() * outGroup;
            for (int i = 0; i < outGroup; i++) {
                row[first + i] += value * weights[weight + i];
            }
        }
    }
}
