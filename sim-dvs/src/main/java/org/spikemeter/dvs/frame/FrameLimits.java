package org.spikemeter.dvs.frame;

import org.spikemeter.engine.FormatException;

/** How large a frame may be: checked before anything is allocated for it. */
public final class FrameLimits {
    /** Pixels a frame may have: 8192 x 8192. */
    public static final int MAX_PIXELS = 1 << 26;

    private FrameLimits() {
    }

    /** Checks the size that the header of {@code name} claims. */
    static void check(final String name, final long width, final long height) throws FormatException {
        if (width <= 0 || height <= 0 || width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
            throw new FormatException(name + ": frames of " + width + " x " + height
                + " pixels, expected at least 1 x 1 and at most " + MAX_PIXELS + " pixels");
        }
    }
}
