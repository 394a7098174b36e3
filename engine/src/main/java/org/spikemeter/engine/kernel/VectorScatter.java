package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Event by event, a vector of targets at a time. Whole vectors are added: the lanes behind a group's targets hold zero
 * weights and change nothing, whatever they lie on.
 */
final class VectorScatter implements SynapseKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;

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
                    scatterPixel(table, events, from, to, x, ky * window.kernelX() + kx, row,
                        offset + targetX * table.output().channels());
                }
            }
        }
    }

    private static void scatterPixel(
        final ConvolutionTable table, final EventGrid events, final int from, final int to, final int x,
        final int tap, final float[] row, final int target) {
        final int[] keys = events.keys();
        final float[] weights = table.weightArray();
        final float[] values = events.isUnit() ? null : events.values();
        final int lanes = table.lanes();
        final int channels = table.input().channels();
        if (table.groups() > 1) {
            GroupedVector.add(table, keys, values, from, to, x * channels, tap * channels, row, target);
            return;
        }
        final int base = (tap - x) * channels;
        for (int event = from; event < to; event++) {
            final int weight = (base + keys[event]) * lanes;
            if (values == null) {
                add(weights, weight, lanes, row, target);
            } else {
                addScaled(values[event], weights, weight, lanes, row, target);
            }
        }
    }

    static void add(final float[] weights, final int weight, final int lanes, final float[] row, final int target) {
        for (int i = 0; i < lanes; i += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, row, target + i)
                .add(FloatVector.fromArray(SPECIES, weights, weight + i)).intoArray(row, target + i);
        }
    }

    static void addScaled(
        final float value, final float[] weights, final int weight, final int lanes, final float[] row,
        final int target) {
        for (int i = 0; i < lanes; i += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, row, target + i)
                .add(FloatVector.fromArray(SPECIES, weights, weight + i).mul(value)).intoArray(row, target + i);
        }
    }
}
