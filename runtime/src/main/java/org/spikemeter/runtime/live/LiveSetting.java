package org.spikemeter.runtime.live;

/**
 * A number that may be changed while a live run goes on. Range and refusal stay the same during a run.
 *
 * @param value its present value; NaN where there is none
 * @param low lowest value
 * @param high highest value
 * @param refusal why it cannot be changed, for people; null where it can
 */
public record LiveSetting(double value, double low, double high, String refusal) {
    /** A number that may be set. */
    public static LiveSetting of(final double value, final double low, final double high) {
        return new LiveSetting(value, low, high, null);
    }

    /** A number that there is not, or that cannot be set. */
    public static LiveSetting refused(final double value, final String why) {
        return new LiveSetting(value, value, value, why);
    }
}
