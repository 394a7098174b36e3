package org.spikemeter.dvs.pixel.esim;

import org.spikemeter.dvs.pixel.ParameterRange;

/**
 * What an {@link EsimSensor} is like.
 *
 * @param onThreshold change of ln brightness that makes an ON event, 0.01 to 100
 * @param offThreshold the same downwards
 * @param thresholdSigma standard deviation of the threshold, drawn anew for each pixel and frame; 0 for none
 * @param refractoryMicros how long a pixel is dead after an event
 * @param logOffset added to grey before the logarithm is taken, above 0
 * @param seed where random numbers begin
 */
public record EsimParameters(double onThreshold, double offThreshold, double thresholdSigma, double refractoryMicros,
    double logOffset, long seed) {
    /** Thresholds of 0.2, no noise, no dead time, and the offset of ESIM's own test. */
    public static final EsimParameters DEFAULTS = new EsimParameters(0.2, 0.2, 0.0, 0.0, 1e-3, 0);

    /** Where a threshold is noise, it is no less than this. */
    static final float LEAST_THRESHOLD = 0.01f;

    private static final double MOST_THRESHOLD = 100.0;

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException where one is out of range, with its name
     */
    public EsimParameters {
        ParameterRange.check("ON threshold", onThreshold, LEAST_THRESHOLD, MOST_THRESHOLD);
        ParameterRange.check("OFF threshold", offThreshold, LEAST_THRESHOLD, MOST_THRESHOLD);
        ParameterRange.check("sigma of thresholds", thresholdSigma, 0.0, MOST_THRESHOLD);
        ParameterRange.check("refractory period in microseconds", refractoryMicros, 0.0, Long.MAX_VALUE);
        ParameterRange.check("offset of the logarithm", logOffset, 1e-30, 1.0);
    }
}
