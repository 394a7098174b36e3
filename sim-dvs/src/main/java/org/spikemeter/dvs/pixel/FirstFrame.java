package org.spikemeter.dvs.pixel;

/** What the first step of a clip, which has no frame before it, carries. */
public enum FirstFrame {
    /** The grey frame itself as analog values, the same in both channels; black pixels are no event. */
    FLOAT,

    /** Nothing: all that the network receives are spikes (the paper's pureSNN). */
    SPIKES
}
