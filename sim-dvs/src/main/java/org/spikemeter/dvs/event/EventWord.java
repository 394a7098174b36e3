package org.spikemeter.dvs.event;

/**
 * Where an event was and which way the light changed, in one word of address-event representation: polarity in bit 30
 * (1 = ON, brighter), y in bits 15 to 29, x in bits 0 to 14. Never negative.
 */
public final class EventWord {
    /** Columns, and rows, that a sensor may have. */
    public static final int MAX_SIDE = 1 << 15;
    /** The bits of x, once they are at the bottom; those of y, too. */
    public static final int COORDINATE_MASK = MAX_SIDE - 1;
    /** How far y is up. */
    public static final int Y_SHIFT = 15;
    /** How far polarity is up. */
    public static final int POLARITY_SHIFT = 30;

    private EventWord() {
    }

    /**
     * Packs an event.
     *
     * @param x column, 0 at the left, below {@link #MAX_SIDE}
     * @param y row, 0 at the top, below {@link #MAX_SIDE}
     * @param polarity 1 for ON, 0 for OFF
     */
    public static int of(final int x, final int y, final int polarity) {
        return polarity << POLARITY_SHIFT | y << Y_SHIFT | x;
    }

    /** Column. */
    public static int x(final int word) {
        return word & COORDINATE_MASK;
    }

    /** Row. */
    public static int y(final int word) {
        return word >>> Y_SHIFT & COORDINATE_MASK;
    }

    /** 1 for ON, 0 for OFF. */
    public static int polarity(final int word) {
        return word >>> POLARITY_SHIFT;
    }
}
