package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.pixel.random.HashedRandom;
import org.spikemeter.dvs.pixel.random.NoiseSource;
import org.spikemeter.dvs.pixel.random.NormalQuantiles;

/**
 * Thresholds of each pixel: {@code max(0.01, N(nominal, sigma))} in float32. Without sigma the nominal value, at the
 * precision of the arrays that v2e holds it against: float32 or, behind a low-pass filter, float64.
 */
final class Thresholds {
    private static final float LEAST = 0.01f;

    private final double[] on;
    private final double[] off;

    Thresholds(final V2eContext context, final int pixels) {
        on = draw(context, context.onThreshold(), NoiseSource.ON_THRESHOLD, pixels);
        off = draw(context, context.offThreshold(), NoiseSource.OFF_THRESHOLD, pixels);
    }

    private static double[] draw(
        final V2eContext context, final double nominal, final NoiseSource source, final int pixels) {
        final double[] thresholds = new double[pixels];
        final long key = HashedRandom.key(context.seed(), source, 0);
        final float sigma = (float) context.thresholdSigma();
        for (int pixel = 0; pixel < pixels; pixel++) {
            if (sigma == 0.0f) {
                thresholds[pixel] = context.isSinglePrecision() ? (float) nominal : nominal;
            } else {
                final float z = NormalQuantiles.of(HashedRandom.bits(key, pixel));
                thresholds[pixel] = Math.max(LEAST, (float) nominal + sigma * z);
            }
        }
        return thresholds;
    }

    /** Of each pixel; not to be changed. */
    double[] on() {
        return on;
    }

    /** Of each pixel; not to be changed. */
    double[] off() {
        return off;
    }
}
