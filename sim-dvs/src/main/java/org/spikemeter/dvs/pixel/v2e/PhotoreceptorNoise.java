package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.pixel.random.HashedRandom;
import org.spikemeter.dvs.pixel.random.NoiseSource;
import org.spikemeter.dvs.pixel.random.NormalQuantiles;

/**
 * Noise of the photoreceptor, which makes ON and OFF events in turn: white noise behind a low-pass filter of the
 * cutoff frequency.
 *
 * <pre>
 * n = (1 - e) n + e s N(0, 1)        e = dt 2 pi cutoff, at most 1
 * </pre>
 *
 * <p>Behind the filter its standard deviation is to be the one that makes the wanted rate of events (Graca and Delbruck
 * 2021, as fitted by v2e): with x = log10(rate / (2 cutoff)), threshold / deviation =
 * 10^(-0.0026 x^3 - 0.036 x^2 - 0.1949 x + 0.321). v2e estimates two expected values from a sample: the lower one of
 * a pixel's two thresholds, and how much the filter takes away; here both are their formulas.
 */
final class PhotoreceptorNoise {
    private final double tauSeconds;
    private final double filteredDeviation;
    private final long seed;
    private final float[] noise;

    PhotoreceptorNoise(final V2eContext context, final int pixels) {
        this.tauSeconds = LowPass.tauSeconds(context.cutoffHz());
        this.seed = context.seed();
        this.noise = new float[pixels];
        final double x = Math.log10(context.shotNoiseRateHz() / context.cutoffHz() / 2);
        final double y = ((-0.0026 * x - 0.036) * x - 0.1949) * x + 0.321;
        this.filteredDeviation =
            lowerThreshold(context.onThreshold(), context.offThreshold(), context.thresholdSigma()) / Math.pow(10, y);
    }

    /** n of each pixel; not to be changed. */
    float[] noise() {
        return noise;
    }

    /** Draws for pixels beside each other. */
    void update(final int from, final int count, final double seconds, final long frame, final int[] bits) {
        final double update = Math.min(1.0, seconds / tauSeconds);
        if (update == 0.0) {
            return;
        }
        HashedRandom.fill(bits, count, HashedRandom.key(seed, NoiseSource.PHOTORECEPTOR, frame), from);
        final float keep = (float) (1.0 - update);
        final float add = (float) (update * whiteDeviation(update));
        final float[] n = noise;
        for (int i = 0; i < count; i++) {
            n[from + i] = keep * n[from + i] + add * NormalQuantiles.of(bits[i]);
        }
    }

    /** s: the filter lets the part e / (2 - e) of the variance through. */
    double whiteDeviation(final double update) {
        return filteredDeviation * Math.sqrt((2.0 - update) / update);
    }

    /** Expected value of the lower one of two normal variables of one deviation (Clark 1961). */
    static double lowerThreshold(final double on, final double off, final double sigma) {
        if (sigma == 0.0) {
            return Math.min(on, off);
        }
        final double spread = Math.sqrt(2.0) * sigma;
        final double distance = (on - off) / spread;
        final double density = Math.exp(-0.5 * distance * distance) / Math.sqrt(2.0 * Math.PI);
        final double above = NormalQuantiles.cumulative(distance);
        return on * (1.0 - above) + off * above - spread * density;
    }
}
