package org.spikemeter.dvs.pixel.v2e;

/**
 * The photoreceptor's limited bandwidth: a low-pass filter of the first order that is the slower the less light there
 * is.
 *
 * <pre>
 * I = (DN + 20) / 275                      about light / white, never 0
 * e = min(1, I dt 2 pi cutoff)
 * v = (1 - e) v + e l
 * </pre>
 *
 * <p>Without a cutoff v = l.
 */
final class LowPass {
    private static final double DARK = 20.0;
    private static final double SCALE = 275.0;

    private final double cutoffHz;
    private final double[] filtered;

    /**
     * @param filtered v, which this keeps
     */
    LowPass(final double cutoffHz, final double[] filtered) {
        this.cutoffHz = cutoffHz;
        this.filtered = filtered;
    }

    /** I for a DN. */
    static double intensity(final double number) {
        return (number + DARK) / SCALE;
    }

    /** e for white, before it is cut at 1. */
    static double whiteUpdate(final double cutoffHz, final double seconds) {
        return cutoffHz == 0.0 ? 0.0 : seconds / tauSeconds(cutoffHz);
    }

    /** Time constant of a cutoff frequency. */
    static double tauSeconds(final double cutoffHz) {
        return 1 / (Math.PI * 2 * cutoffHz);
    }

    /** Takes the response to the first frame as it is. */
    void begin(final int from, final int count, final float[] response) {
        for (int i = 0; i < count; i++) {
            filtered[from + i] = response[i];
        }
    }

    /** Takes the response of pixels beside each other. */
    void update(final int from, final int count, final double seconds, final float[] number, final float[] response) {
        if (cutoffHz == 0.0) {
            begin(from, count, response);
            return;
        }
        final double[] v = filtered;
        final double white = whiteUpdate(cutoffHz, seconds);
        for (int i = 0; i < count; i++) {
            final double update = Math.min(1.0, intensity(number[i]) * white);
            v[from + i] = (1 - update) * v[from + i] + update * response[i];
        }
    }
}
