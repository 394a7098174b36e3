package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.pixel.ParameterRange;

/**
 * What a {@link V2eSensor} is like; begins with the values of v2e's command line:
 *
 * <pre>{@code
 * new V2eSensor(size, new V2eContext().cutoffHz(30).seed(7))
 * new V2eSensor(size, V2eContext.noisy())
 * }</pre>
 */
public final class V2eContext {
    private static final double MAX_THRESHOLD = 100.0;
    private static final double MAX_RATE_HZ = 1e9;

    private double onThreshold = 0.2;
    private double offThreshold = 0.2;
    private double thresholdSigma = 0.03;
    private double cutoffHz = 300.0;
    private double leakRateHz = 0.01;
    private double leakJitter = 0.1;
    private double leakDecades = 0.1;
    private double shotNoiseRateHz = 0.001;
    private boolean photoreceptorNoise;
    private double refractorySeconds = 0.0005;
    private long seed;
    private int threads = 1;

    /** v2e's {@code --dvs_params clean}: mismatch of thresholds, and no other fault. */
    public static V2eContext clean() {
        return new V2eContext().thresholdSigma(0.02).cutoffHz(0).leakRateHz(0).leakJitter(0).leakDecades(0)
            .shotNoiseRateHz(0).refractorySeconds(0);
    }

    /** v2e's {@code --dvs_params noisy}: as in the dark, slow and noisy. */
    public static V2eContext noisy() {
        return new V2eContext().thresholdSigma(0.05).cutoffHz(30).leakRateHz(0.1).shotNoiseRateHz(5)
            .refractorySeconds(0);
    }

    /** Change of ln intensity that makes an ON event; v2e's {@code pos_thres}. */
    public V2eContext onThreshold(final double value) {
        onThreshold = value;
        return this;
    }

    /** Change of ln intensity, downwards, that makes an OFF event; v2e's {@code neg_thres}. */
    public V2eContext offThreshold(final double value) {
        offThreshold = value;
        return this;
    }

    /** Standard deviation of thresholds among pixels; v2e's {@code sigma_thres}. */
    public V2eContext thresholdSigma(final double value) {
        thresholdSigma = value;
        return this;
    }

    /** Bandwidth of the photoreceptor at white, 0 for unlimited. */
    public V2eContext cutoffHz(final double value) {
        cutoffHz = value;
        return this;
    }

    /** ON events a second that a pixel makes by leaking. */
    public V2eContext leakRateHz(final double value) {
        leakRateHz = value;
        return this;
    }

    /** Part of the leak that varies from frame to frame; v2e's {@code leak_jitter_fraction}. */
    public V2eContext leakJitter(final double value) {
        leakJitter = value;
        return this;
    }

    /** Spread of leak rates among pixels, in decades; v2e's {@code noise_rate_cov_decades}. */
    public V2eContext leakDecades(final double value) {
        leakDecades = value;
        return this;
    }

    /** Noise events a second of a pixel in the dark, ON and OFF together. */
    public V2eContext shotNoiseRateHz(final double value) {
        shotNoiseRateHz = value;
        return this;
    }

    /** Makes the noise by a noisy photoreceptor rather than as events out of nothing. */
    public V2eContext photoreceptorNoise(final boolean value) {
        photoreceptorNoise = value;
        return this;
    }

    /** How long a pixel is dead after an event, 0 for not at all. */
    public V2eContext refractorySeconds(final double value) {
        refractorySeconds = value;
        return this;
    }

    /** Where random numbers begin: the same seed, the same events. */
    public V2eContext seed(final long value) {
        seed = value;
        return this;
    }

    /** Threads that share the rows, the caller's included; the events do not depend on it. */
    public V2eContext threads(final int value) {
        threads = value;
        return this;
    }

    double onThreshold() {
        return onThreshold;
    }

    double offThreshold() {
        return offThreshold;
    }

    double thresholdSigma() {
        return thresholdSigma;
    }

    double cutoffHz() {
        return cutoffHz;
    }

    double leakRateHz() {
        return leakRateHz;
    }

    double leakJitter() {
        return leakJitter;
    }

    double leakDecades() {
        return leakDecades;
    }

    double shotNoiseRateHz() {
        return shotNoiseRateHz;
    }

    boolean photoreceptorNoise() {
        return photoreceptorNoise;
    }

    double refractorySeconds() {
        return refractorySeconds;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    /** The same values. */
    V2eContext copy() {
        return new V2eContext().onThreshold(onThreshold).offThreshold(offThreshold).thresholdSigma(thresholdSigma)
            .cutoffHz(cutoffHz).leakRateHz(leakRateHz).leakJitter(leakJitter).leakDecades(leakDecades)
            .shotNoiseRateHz(shotNoiseRateHz).photoreceptorNoise(photoreceptorNoise)
            .refractorySeconds(refractorySeconds).seed(seed).threads(threads);
    }

    /** True where v2e's arrays are float32: without a low-pass filter, whose factors are float64. */
    boolean isSinglePrecision() {
        return cutoffHz == 0.0;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException where a value is out of range, with its name
     */
    public V2eContext conclude() {
        ParameterRange.check("ON threshold", onThreshold, 0.01, MAX_THRESHOLD);
        ParameterRange.check("OFF threshold", offThreshold, 0.01, MAX_THRESHOLD);
        ParameterRange.check("sigma of thresholds", thresholdSigma, 0.0, MAX_THRESHOLD);
        ParameterRange.check("cutoff frequency in Hz", cutoffHz, 0.0, MAX_RATE_HZ);
        ParameterRange.check("leak rate in Hz", leakRateHz, 0.0, MAX_RATE_HZ);
        ParameterRange.check("jitter of the leak", leakJitter, 0.0, 1.0);
        ParameterRange.check("spread of leak rates in decades", leakDecades, 0.0, 2.0);
        ParameterRange.check("shot noise rate in Hz", shotNoiseRateHz, 0.0, MAX_RATE_HZ);
        ParameterRange.check("refractory period in seconds", refractorySeconds, 0.0, MAX_RATE_HZ);
        ParameterRange.check("number of threads", threads, 1, 1024);
        if (photoreceptorNoise && (shotNoiseRateHz == 0.0 || cutoffHz == 0.0)) {
            throw new IllegalArgumentException("photoreceptor noise with a shot noise rate of " + shotNoiseRateHz
                + " Hz and a cutoff frequency of " + cutoffHz + " Hz: expected both to be above 0");
        }
        return this;
    }
}
