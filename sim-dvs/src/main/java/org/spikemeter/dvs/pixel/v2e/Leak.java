package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.pixel.random.HashedRandom;
import org.spikemeter.dvs.pixel.random.NoiseSource;
import org.spikemeter.dvs.pixel.random.NormalQuantiles;

/**
 * Leak of the switch that holds a pixel's reference: it falls, so that ON events come by themselves.
 *
 * <pre>
 * b -= dt rate g (1 - jitter N(0, 1)) threshold
 * g = 10^(decades N(0, 1))                        of each pixel, once
 * </pre>
 *
 * <p>in float32, each product rounded as v2e's.
 */
final class Leak {
    private final float rate;
    private final float jitter;
    private final long seed;
    private final boolean single;
    private final float[] factors;
    private final double[] onThresholds;
    private final double[] reference;

    /**
     * @param reference b, which this lowers
     */
    Leak(final V2eContext context, final double[] onThresholds, final double[] reference) {
        this.rate = (float) context.leakRateHz();
        this.jitter = (float) context.leakJitter();
        this.seed = context.seed();
        this.single = context.isSinglePrecision();
        this.onThresholds = onThresholds;
        this.reference = reference;
        this.factors = new float[reference.length];
        final long key = HashedRandom.key(seed, NoiseSource.LEAK_RATE, 0);
        for (int pixel = 0; pixel < factors.length; pixel++) {
            final double z = NormalQuantiles.of(HashedRandom.bits(key, pixel));
            factors[pixel] = (float) Math.exp(Math.log(10.0) * context.leakDecades() * z);
        }
    }

    /**
     * Lets pixels beside each other leak.
     *
     * @param bits room for {@code count} numbers
     */
    void apply(final int from, final int count, final double seconds, final long frame, final int[] bits) {
        if (jitter != 0.0f) {
            HashedRandom.fill(bits, count, HashedRandom.key(seed, NoiseSource.LEAK_JITTER, frame), from);
        }
        final double[] b = reference;
        final float time = (float) seconds;
        for (int i = 0; i < count; i++) {
            final int pixel = from + i;
            final float steady = jitter == 0.0f ? 1.0f : 1.0f - jitter * NormalQuantiles.of(bits[i]);
            final float present = rate * factors[pixel] * steady;
            final double lower = b[pixel] - time * present * (float) onThresholds[pixel];
            b[pixel] = single ? (float) lower : lower;
        }
    }
}
