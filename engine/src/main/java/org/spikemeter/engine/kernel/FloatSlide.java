package org.spikemeter.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.spikemeter.engine.synapse.SlideWeights;

/** Float32 sums. */
public abstract sealed class FloatSlide extends Slide permits VectorSlide {
    FloatSlide(final SlideWeights weights) {
        super(weights);
    }

    /**
     * Takes sums of row {@code y}, which {@link #row} gave, out of it: the target channels of pixel {@code fromX}, then
     * those of the next, up to {@code toX - 1}. They are zero then. Pixels that no event reached need not be taken.
     *
     * @param row from {@code offset} on; up to a vector behind the sums may be written
     */
    public final void take(final int y, final int fromX, final int toX, final float[] row, final int offset) {
        final int targets = table().output().channels();
        final long place = place(y) + fromX * pixelBytes();
        if (pixelBytes() == (long) targets * Float.BYTES) {
            take(sums(), place, (toX - fromX) * targets, row, offset);
            return;
        }
        for (int x = 0; x < toX - fromX; x++) {
            take(sums(), place + x * pixelBytes(), targets, row, offset + x * targets);
        }
    }

    /** Takes {@code size} sums. What lies up to a vector behind them is zero in {@code from}. */
    abstract void take(MemorySegment from, long place, int size, float[] row, int offset);
}
