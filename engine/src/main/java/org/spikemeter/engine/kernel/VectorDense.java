package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Every source under the window, silent ones too. Where four neighbouring target pixels lie inside the grid, their sums
 * of two vectors of channels are kept in registers over the whole window, and each weight is loaded once for the four;
 * at the borders, and for groups and odd numbers of channels, a pixel and a vector at a time.
 */
final class VectorDense implements SynapseKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final int L = SPECIES.length();
    private static final int TILE = Kernels.DENSE_TILE;

    @Override
    public void accumulateRow(
        final ConvolutionTable table, final EventGrid events, final float[] dense, final int y, final float[] row,
        final int offset, final WindowRanges scratch) {
        final Window window = table.window();
        final int channels = table.output().channels();
        final int width = table.output().width();
        final boolean tiles = table.groups() == 1 && table.lanes() % (2 * L) == 0 && channels == table.lanes();
        final int firstInside = (window.paddingX() + window.strideX() - 1) / window.strideX();
        final int reach = (window.kernelX() - 1) * window.dilationX() - window.paddingX();
        int x = 0;
        while (x < width) {
            final boolean inside = x >= firstInside && x + TILE <= width
                && (x + TILE - 1) * window.strideX() + reach < table.input().width();
            if (tiles && inside) {
                for (int lane = 0; lane < channels; lane += 2 * L) {
                    addTile(table, dense, y, x, lane, row, offset + x * channels + lane);
                }
                x += TILE;
            } else {
                addPixel(table, dense, y, x, row, offset + x * channels);
                x++;
            }
        }
    }

    private static void addPixel(
        final ConvolutionTable table, final float[] dense, final int y, final int x, final float[] row,
        final int target) {
        final Window window = table.window();
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY >= 0 && sourceY < table.input().height()) {
                addWindowRow(table, dense, sourceY, ky, row, target, x);
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
                for (int lane = 0; lane < table.lanes(); lane += L) {
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

    private static void addTile(
        final ConvolutionTable table, final float[] dense, final int y, final int x, final int lane, final float[] row,
        final int target) {
        final Window window = table.window();
        final float[] weights = table.weightArray();
        final int lanes = table.lanes();
        final int sources = table.input().channels();
        final int step = window.strideX() * sources;
        final int left = (x * window.strideX() - window.paddingX()) * sources;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY < 0 || sourceY >= table.input().height()) {
                continue;
            }
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int source = sourceY * table.input().width() * sources + left + kx * window.dilationX() * sources;
                final int tap = (ky * window.kernelX() + kx) * sources;
                for (int c = 0; c < sources; c++) {
                    final int weight = (tap + c) * lanes + lane;
                    final FloatVector w0 = FloatVector.fromArray(SPECIES, weights, weight);
                    final FloatVector w1 = FloatVector.fromArray(SPECIES, weights, weight + L);
                    final FloatVector a = FloatVector.broadcast(SPECIES, dense[source + c]);
                    a0 = a0.add(w0.mul(a));
                    a1 = a1.add(w1.mul(a));
                    final FloatVector b = FloatVector.broadcast(SPECIES, dense[source + step + c]);
                    b0 = b0.add(w0.mul(b));
                    b1 = b1.add(w1.mul(b));
                    final FloatVector third = FloatVector.broadcast(SPECIES, dense[source + 2 * step + c]);
                    c0 = c0.add(w0.mul(third));
                    c1 = c1.add(w1.mul(third));
                    final FloatVector d = FloatVector.broadcast(SPECIES, dense[source + 3 * step + c]);
                    d0 = d0.add(w0.mul(d));
                    d1 = d1.add(w1.mul(d));
                }
            }
        }
        final int next = table.output().channels();
        a0.intoArray(row, target);
        a1.intoArray(row, target + L);
        b0.intoArray(row, target + next);
        b1.intoArray(row, target + next + L);
        c0.intoArray(row, target + 2 * next);
        c1.intoArray(row, target + 2 * next + L);
        d0.intoArray(row, target + 3 * next);
        d1.intoArray(row, target + 3 * next + L);
    }
}
