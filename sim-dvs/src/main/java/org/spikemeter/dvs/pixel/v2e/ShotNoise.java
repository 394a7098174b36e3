package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.event.EventOrder;
import org.spikemeter.dvs.pixel.random.HashedRandom;
import org.spikemeter.dvs.pixel.random.NoiseSource;

/**
 * Shot noise as events out of nothing, at most one ON and one OFF event a pixel and frame, each with the time of the
 * frame; the pixel then forgets what it saw (b = v).
 *
 * <pre>
 * F = rate / 2 dt (1 - 0.75 I)                    I: {@link LowPass}
 * ON where u &gt; 1 - F nominal / threshold, OFF where u &lt; F nominal / threshold       u uniform in [0, 1)
 * </pre>
 *
 * <p>u has 64 bits, where v2e's has 24: rates of less than one event in 16 million pixels and frames are possible.
 */
final class ShotNoise {
    /** How little noise is left at white. */
    private static final double WHITE_PART = 0.25;

    private final V2eContext context;
    private final double[] onThresholds;
    private final double[] offThresholds;
    private final double[] reference;
    private final double[] filtered;
    private final double largestPart;

    /**
     * @param reference b, which this sets
     * @param filtered v
     */
    ShotNoise(
        final V2eContext context, final Thresholds thresholds, final double[] reference, final double[] filtered) {
        this.context = context;
        this.onThresholds = thresholds.on();
        this.offThresholds = thresholds.off();
        this.reference = reference;
        this.filtered = filtered;
        double largest = 0.0;
        for (int pixel = 0; pixel < reference.length; pixel++) {
            largest = Math.max(largest, Math.max(onPart(pixel), offPart(pixel)));
        }
        this.largestPart = largest;
    }

    private double onPart(final int pixel) {
        return (float) (context.onThreshold() / onThresholds[pixel]);
    }

    private double offPart(final int pixel) {
        return (float) (context.offThreshold() / offThresholds[pixel]);
    }

    /**
     * Adds the noise events of pixels beside each other.
     *
     * @param bits room for {@code count} numbers
     * @param key of the events
     */
    void emit(
        final int from, final int count, final Frame frame, final int[] bits, final int key, final EventOrder into) {
        HashedRandom.fill(bits, count, HashedRandom.key(context.seed(), NoiseSource.SHOT, frame.number()), from);
        final double dark = context.shotNoiseRateHz() / 2 * frame.seconds();
        // whatever the pixel, no event where the upper bits alone are farther from 0 and from 1 than this
        final int margin = (int) Math.min(Integer.MAX_VALUE, Math.ceil(dark * largestPart * 0x1p32));
        for (int i = 0; i < count; i++) {
            final int u = bits[i];
            // as a signed number -1 is the largest and 0 the smallest u: both ends of [0, 1) are near 0
            if (u <= margin && u >= -margin - 1) {
                emit(from + i, u, dark, frame, key, into);
            }
        }
    }

    private void emit(
        final int pixel, final int upperBits, final double dark, final Frame frame, final int key,
        final EventOrder into) {
        final long lowKey = HashedRandom.key(context.seed(), NoiseSource.SHOT_LOW, frame.number());
        final double lower = Integer.toUnsignedLong(HashedRandom.bits(lowKey, pixel)) * 0x1p-32;
        final double u = (Integer.toUnsignedLong(upperBits) + lower) * 0x1p-32;
        final double part = dark * ((WHITE_PART - 1) * LowPass.intensity(LinLog.WHITE * frame.grey()[pixel]) + 1);
        final boolean on = u > 1 - part * onPart(pixel);
        final boolean off = u < part * offPart(pixel);
        if (on) {
            into.add(key, frame.word(pixel, 1));
        }
        if (off) {
            into.add(key, frame.word(pixel, 0));
        }
        if (on || off) {
            reference[pixel] = filtered[pixel];
        }
    }
}
