package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.event.EventOrder;
import org.spikemeter.dvs.event.EventWord;

/**
 * All pixels: their state, and what happens to them in a frame. First {@link #advance} for all of them, then, when the
 * number of slots is known, {@link #fire}. Both take pixels beside each other, which threads may share.
 *
 * <pre>
 * d = v + n - b                                                  {@link LowPass}, {@link PhotoreceptorNoise}
 * ON crossings  = floor(max(0, d) / ON threshold), OFF likewise
 * b = b + ON events * ON threshold - OFF events * OFF threshold
 * </pre>
 *
 * <p>Products of thresholds are float32 as in v2e; v and b are float32 without, float64 with a low-pass filter.
 */
final class Pixels {
    /**
     * Crossings that a pixel makes in a frame at most, the others in the next one. v2e knows no limit; it warns from
     * 100 on.
     */
    static final int MAX_CROSSINGS = 1000;

    private final boolean single;
    private final double[] filtered;
    private final double[] reference;
    private final int[] crossings;
    private final Thresholds thresholds;
    private final LowPass lowPass;
    /** Null without. */
    private final Leak leak;
    /** Null without. */
    private final PhotoreceptorNoise photoreceptor;
    /** Null without. */
    private final ShotNoise shot;
    private final Refractory refractory;

    Pixels(final V2eContext context, final int pixels) {
        single = context.isSinglePrecision();
        filtered = new double[pixels];
        reference = new double[pixels];
        crossings = new int[pixels];
        thresholds = new Thresholds(context, pixels);
        lowPass = new LowPass(context.cutoffHz(), filtered);
        leak = context.leakRateHz() == 0.0 ? null : new Leak(context, thresholds.on(), reference);
        photoreceptor = context.photoreceptorNoise() ? new PhotoreceptorNoise(context, pixels) : null;
        shot = context.shotNoiseRateHz() == 0.0 || context.photoreceptorNoise() ? null
            : new ShotNoise(context, thresholds, reference, filtered);
        refractory = new Refractory(context.refractorySeconds(), pixels);
    }

    /** Takes the first frame. */
    void begin(final int from, final int count, final Frame frame, final Scratch scratch) {
        LinLog.map(frame.grey(), from, count, scratch.numbers, scratch.responses);
        lowPass.begin(from, count, scratch.responses);
        System.arraycopy(filtered, from, reference, from, count);
    }

    /**
     * Takes a frame.
     *
     * @return the largest number of crossings
     */
    int advance(final int from, final int count, final Frame frame, final Scratch scratch) {
        LinLog.map(frame.grey(), from, count, scratch.numbers, scratch.responses);
        lowPass.update(from, count, frame.seconds(), scratch.numbers, scratch.responses);
        if (photoreceptor != null) {
            photoreceptor.update(from, count, frame.seconds(), frame.number(), scratch.bits);
        }
        if (leak != null) {
            leak.apply(from, count, frame.seconds(), frame.number(), scratch.bits);
        }
        return count(from, count);
    }

    private int count(final int from, final int count) {
        final double[] v = filtered;
        final double[] b = reference;
        final double[] on = thresholds.on();
        final double[] off = thresholds.off();
        final float[] noise = photoreceptor == null ? null : photoreceptor.noise();
        int most = 0;
        for (int pixel = from; pixel < from + count; pixel++) {
            final double exact = noise == null ? v[pixel] - b[pixel] : v[pixel] + noise[pixel] - b[pixel];
            final double d = single ? (float) exact : exact;
            int crossed = 0;
            if (d >= on[pixel]) {
                crossed = quotient(d, on[pixel]);
                most = Math.max(most, crossed);
            } else if (-d >= off[pixel]) {
                crossed = -quotient(-d, off[pixel]);
                most = Math.max(most, -crossed);
            }
            crossings[pixel] = crossed;
        }
        return most;
    }

    /** The quotient rounded down: that of the numbers as they are, which a rounded division may exceed by 1. */
    private static int quotient(final double dividend, final double divisor) {
        final int rounded = (int) Math.min(MAX_CROSSINGS, dividend / divisor);
        return Math.fma(rounded, divisor, -dividend) > 0.0 ? rounded - 1 : rounded;
    }

    /** To be called before {@link #fire}, once a frame. */
    void beginSlots(final SlotTimes slots) {
        refractory.begin(slots);
    }

    /**
     * Adds the events of rows, each with its slot as key; those of shot noise have the slot behind the last.
     *
     * @param slots of the frame
     */
    void fire(final int fromRow, final int toRow, final Frame frame, final int slots, final Scratch scratch) {
        final int width = frame.width();
        for (int y = fromRow; y < toRow; y++) {
            fireRow(y, width, scratch.events);
        }
        if (shot != null) {
            final int end = toRow * width;
            for (int from = fromRow * width; from < end; from += Scratch.BLOCK) {
                shot.emit(from, Math.min(Scratch.BLOCK, end - from), frame, scratch.bits, slots, scratch.events);
            }
        }
    }

    private void fireRow(final int y, final int width, final EventOrder events) {
        final int rowStart = y * width;
        for (int x = 0; x < width; x++) {
            final int pixel = rowStart + x;
            final int crossed = crossings[pixel];
            if (crossed > 0) {
                final int kept = refractory.emit(pixel, crossed, EventWord.of(x, y, 1), events);
                move(pixel, kept * (float) thresholds.on()[pixel]);
            } else if (crossed < 0) {
                final int kept = refractory.emit(pixel, -crossed, EventWord.of(x, y, 0), events);
                move(pixel, -(kept * (float) thresholds.off()[pixel]));
            }
        }
    }

    private void move(final int pixel, final float by) {
        final double moved = reference[pixel] + by;
        reference[pixel] = single ? (float) moved : moved;
    }
}
