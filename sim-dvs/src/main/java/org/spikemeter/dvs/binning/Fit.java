package org.spikemeter.dvs.binning;

import java.util.Locale;

/** How a sensor's area comes onto a network's input of another size. */
public enum Fit {
    /** All of it, each side scaled by itself. */
    STRETCH,

    /** The largest part of the input's proportions, from the middle; events outside are left out. */
    CROP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
