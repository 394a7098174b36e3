package org.spikemeter.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.Pool;

/**
 * Sums and averages: events are added up channel by channel, and what is not 0 is compressed into place, a vector of
 * channels at a time: a branch a channel would be guessed wrong every other time. Other pools go the scalar way.
 */
final class VectorPool implements PoolKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final VectorSpecies<Integer> KEYS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final IntVector LANE = IntVector.zero(KEYS).addIndex(1);

    @Override
    public void poolRow(
        final Pool pool, final EventGrid in, final EventGrid out, final int y, final float[] scratch) {
        final int channels = pool.input().channels();
        if (!pool.isLinear() || channels < SPECIES.length()) {
            pool.poolRow(in, out, y, scratch);
            return;
        }
        final Window window = pool.window();
        final boolean powerOfTwo = Integer.bitCount(channels) == 1;
        final int top = y * window.strideY() - window.paddingY();
        final int toY = Math.min(top + window.kernelY(), pool.input().height());
        if (Pool.areEmpty(in, Math.max(top, 0), toY)) {
            out.emptyRow(y);
            return;
        }
        final int index = y * (out.shape().width() + 1);
        int place = out.rowStart(y);
        for (int x = 0; x < out.shape().width(); x++) {
            out.pixelStart()[index + x] = place;
            final int left = x * window.strideX() - window.paddingX();
            final int toX = Math.min(left + window.kernelX(), pool.input().width());
            int events = 0;
            final int fromX = Math.max(left, 0);
            for (int sourceY = Math.max(top, 0); sourceY < toY; sourceY++) {
                events += fromX >= toX ? 0 : powerOfTwo ? add(in, channels, sourceY, fromX, toX, scratch)
                    : addPixels(in, channels, sourceY, fromX, toX, scratch);
            }
            if (events > 0) {
                place = compress(scratch, channels, pool.factor(), out, x * channels, place);
            }
        }
        out.endRow(y, place);
    }

    private static int addPixels(
        final EventGrid in, final int channels, final int y, final int fromX, final int toX, final float[] sums) {
        int events = 0;
        for (int x = fromX; x < toX; x++) {
            final int pixel = y * (in.shape().width() + 1) + x;
            final int from = in.pixelStart()[pixel];
            final int to = in.pixelStart()[pixel + 1];
            for (int event = from; event < to; event++) {
                sums[in.keys()[event] - x * channels] += in.isUnit() ? 1.0f : in.values()[event];
            }
            events += to - from;
        }
        return events;
    }

    /** Pixels of a row at once: with a power of two of channels, a key's lowest bits are its channel. */
    private static int add(
        final EventGrid in, final int channels, final int y, final int fromX, final int toX, final float[] sums) {
        final int pixel = y * (in.shape().width() + 1);
        final int from = in.pixelStart()[pixel + fromX];
        final int to = in.pixelStart()[pixel + toX];
        final int[] keys = in.keys();
        final int mask = channels - 1;
        if (in.isUnit()) {
            for (int event = from; event < to; event++) {
                sums[keys[event] & mask] += 1.0f;
            }
        } else {
            final float[] values = in.values();
            for (int event = from; event < to; event++) {
                sums[keys[event] & mask] += values[event];
            }
        }
        return to - from;
    }

    /** Writes the sums that are not 0, times the factor, and clears them. */
    private static int compress(
        final float[] sums, final int channels, final float factor, final EventGrid out, final int key,
        final int firstPlace) {
        final int[] keys = out.keys();
        final float[] values = out.values();
        int place = firstPlace;
        for (int c = 0; c < channels; c += SPECIES.length()) {
            final FloatVector sum = FloatVector.fromArray(SPECIES, sums, c);
            final VectorMask<Float> events = sum.compare(VectorOperators.NE, 0.0f);
            FloatVector.zero(SPECIES).intoArray(sums, c);
            LANE.add(key + c).compress(events.cast(KEYS)).intoArray(keys, place);
            sum.mul(factor).compress(events).intoArray(values, place);
            place += events.trueCount();
        }
        return place;
    }
}
