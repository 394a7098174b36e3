package org.spikemeter.runtime.picture;

/** The colours of events, as 0xRRGGBB: blue and orange, which people of every colour vision can tell apart. */
public final class EventColours {
    /** Brighter. */
    public static final int ON = 0x3B82F6;
    /** Darker. */
    public static final int OFF = 0xF97316;
    /** Nothing. */
    public static final int BACKGROUND = 0xFFFFFF;

    private static final int CHANNEL = 0xff;

    private EventColours() {
    }

    /**
     * The colour of a pixel with events.
     *
     * @param on number of ON events
     * @param off number of OFF events
     * @param strength 0 for the background, 1 for the full colour
     */
    public static int of(final long on, final long off, final double strength) {
        return on + off == 0 ? BACKGROUND : mix(BACKGROUND, mix(OFF, ON, (double) on / (on + off)), strength);
    }

    private static int mix(final int from, final int to, final double part) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            final int a = from >> shift & CHANNEL;
            final int b = to >> shift & CHANNEL;
            mixed |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return mixed;
    }
}
