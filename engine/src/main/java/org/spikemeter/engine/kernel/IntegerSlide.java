package org.spikemeter.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.spikemeter.engine.synapse.SlideWeights;

/** Sums in 16 bits, which no sum may leave. */
public abstract sealed class IntegerSlide extends Slide permits VectorIntegerSlide {
    IntegerSlide(final SlideWeights weights) {
        super(weights);
    }

    /**
     * Shifts the sums of row {@code y}, which {@link #row} gave, adds them to the inputs of its neurons, and makes them
     * zero.
     *
     * @param shift bits to the left; negative to the right, rounded to the nearest, halves up
     * @param row inputs of the neurons of the row
     */
    public final void addTo(final int y, final int shift, final int[] row) {
        final int targets = table().output().channels();
        final int pixels = table().output().width();
        if (isContiguous()) {
            addTo(sums(), place(y), pixels * targets, shift, row, 0);
            return;
        }
        for (int x = 0; x < pixels; x++) {
            addTo(sums(), place(y) + x * pixelBytes(), targets, shift, row, x * targets);
        }
    }

    /** True where the sums of a row lie one after the other, as its neurons do. */
    final boolean isContiguous() {
        return pixelBytes() == (long) table().output().channels() * Short.BYTES;
    }

    /** The same for {@code size} sums. What lies up to a vector behind them is zero in {@code from}. */
    abstract void addTo(MemorySegment from, long place, int size, int shift, int[] row, int offset);
}
