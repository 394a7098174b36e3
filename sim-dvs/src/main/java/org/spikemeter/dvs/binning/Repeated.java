package org.spikemeter.dvs.binning;

import java.util.Locale;

/** What several events of one pixel and polarity in one step become. */
public enum Repeated {
    /** One event of value 1, so that the network's input stays spikes and every synapse only adds. */
    CLAMP,

    /** One event whose value is their number, as SpikingJelly's frames have it: an analog event, which multiplies. */
    COUNT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
