package org.spikemeter.dvs.pixel;

import java.util.Locale;

/** Checks the parameters of sensors. */
public final class ParameterRange {
    private ParameterRange() {
    }

    /**
     * Checks that a value is in its range.
     *
     * @param name of the parameter, with its unit
     * @throws IllegalArgumentException where it is not, or is no number
     */
    public static void check(final String name, final double value, final double least, final double most) {
        // written so that NaN fails too
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s is %s: expected %s to %s", name, value,
                least, most));
        }
    }
}
