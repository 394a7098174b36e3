package org.spikemeter.dvs.pixel.random;

/** What a sensor draws random numbers for: each source has its own, whichever others are drawn. */
public enum NoiseSource {
    /** Mismatch of ON thresholds among pixels. */
    ON_THRESHOLD,
    /** Mismatch of OFF thresholds among pixels. */
    OFF_THRESHOLD,
    /** How fast each pixel leaks. */
    LEAK_RATE,
    /** Jitter of the leak from frame to frame. */
    LEAK_JITTER,
    /** Shot noise as events. */
    SHOT,
    /** The lower bits of {@link #SHOT}, for pixels where they matter. */
    SHOT_LOW,
    /** White noise before the photoreceptor's low-pass filter. */
    PHOTORECEPTOR
}
