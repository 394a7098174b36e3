package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Every source under the window, silent ones too, a vector of targets at a time. */
final class VectorDense implements SynapseKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;

    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final Window window = table.window();
        for (int x = 0; x < table.output().width(); x++) {
            for (int ky = 0; ky < window.kernelY(); ky++) {
                final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
                if (sourceY >= 0 && sourceY < table.input().height()) {
                    addWindowRow(table, dense, sourceY, ky, row, offset + x * table.output().channels(), x);
                }
            }
        }
    }

    private static void addWindowRow(
        final ConvolutionTable table, final float[] dense, final int sourceY, final int ky, final float[] row,
        final int target, final int x) {
        final Window window = table.window();
        for (int kx = 0; kx < window.kernelX(); kx++) {
            final int sourceX = x * window.strideX() - window.paddingX() + kx * window.dilationX();
            if (sourceX < 0 || sourceX >= table.input().width()) {
                continue;
            }
            final int source = table.input().address(sourceY, sourceX, 0);
            final int weight = (ky * window.kernelX() + kx) * table.input().channels() * table.lanes();
            for (int group = 0; group < table.groups(); group++) {
                final int first = group * table.inGroup();
                for (int lane = 0; lane < table.lanes(); lane += SPECIES.length()) {
                    addTap(dense, source + first, table.inGroup(), table.weightArray(),
                        weight + first * table.lanes() + lane, table.lanes(), row,
                        target + group * table.outGroup() + lane);
                }
            }
        }
    }

    private static void addTap(
        final float[] dense, final int source, final int channels, final float[] weights, final int weight,
        final int lanes, final float[] row, final int target) {
        FloatVector sum = FloatVector.fromArray(SPECIES, row, target);
        for (int c = 0; c < channels; c++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, weights, weight + c * lanes).mul(dense[source + c]));
        }
        sum.intoArray(row, target);
    }
}
