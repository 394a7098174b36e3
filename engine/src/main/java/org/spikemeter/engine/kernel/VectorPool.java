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
 * Sums and averages, a vector of channels at a time, without a branch a channel, which would be guessed wrong every
 * other time: what is not 0 is compressed into place. Where the neurons before left their spikes as bits, these are
 * added up; else events are, channel by channel in scratch. Other pools go the scalar way.
 */
final class VectorPool implements PoolKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
    private static final VectorSpecies<Integer> KEYS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1.0f);
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
        if (in.areEmpty(Math.max(top, 0), toY)) {
            out.emptyRow(y);
            return;
        }
        if (takesBits(in) && haveBits(in, Math.max(top, 0), toY)) {
            poolBits(pool, in, out, y, Math.max(top, 0), toY);
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

    /** True for grids whose spikes are better pooled as bits: whole vectors of channels. */
    static boolean takesBits(final EventGrid grid) {
        return grid.vectorBits() != null && grid.shape().channels() % SPECIES.length() == 0;
    }

    /** True where all rows have their spikes as bits, those without spikes, too. */
    private static boolean haveBits(final EventGrid in, final int fromY, final int toY) {
        for (int y = fromY; y < toY; y++) {
            if (!in.hasVectorBits(y)) {
                return false;
            }
        }
        return true;
    }

    private static void poolBits(
        final Pool pool, final EventGrid in, final EventGrid out, final int y, final int fromY, final int toY) {
        final Window window = pool.window();
        final int channels = pool.input().channels();
        final int width = pool.input().width();
        final int vectors = channels / SPECIES.length();
        final int index = y * (out.shape().width() + 1);
        int place = out.rowStart(y);
        for (int x = 0; x < out.shape().width(); x++) {
            out.pixelStart()[index + x] = place;
            final int left = x * window.strideX() - window.paddingX();
            final int fromX = Math.max(left, 0);
            final int toX = Math.min(left + window.kernelX(), width);
            for (int c = 0; fromX < toX && c < channels; c += SPECIES.length()) {
                place += addBits(in.vectorBits(), ((fromY * width + fromX) * channels + c) / SPECIES.length(),
                    toY - fromY, toX - fromX, width * vectors, vectors, pool.factor(), out, x * channels + c, place);
            }
        }
        out.endRow(y, place);
    }

    /**
     * Adds up the spikes of a vector of channels, and writes those that have any.
     *
     * @param first place of the bits of the window's first pixel
     * @param rowStep places from a row to the next
     * @param columnStep places from a pixel to the next
     * @return how many there are
     */
    private static int addBits(
        final char[] bits, final int first, final int rows, final int columns, final int rowStep,
        final int columnStep, final float factor, final EventGrid out, final int key, final int place) {
        FloatVector sum = FloatVector.zero(SPECIES);
        long any = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                final long spikes = bits[first + row * rowStep + column * columnStep];
                any |= spikes;
                sum = sum.add(ONE, VectorMask.fromLong(SPECIES, spikes));
            }
        }
        if (any == 0) {
            return 0;
        }
        final VectorMask<Float> events = VectorMask.fromLong(SPECIES, any);
        LANE.add(key).compress(events.cast(KEYS)).intoArray(out.keys(), place);
        sum.mul(factor).compress(events).intoArray(out.values(), place);
        return Long.bitCount(any);
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
