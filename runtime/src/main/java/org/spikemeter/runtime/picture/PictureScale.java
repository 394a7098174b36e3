package org.spikemeter.runtime.picture;

import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.recording.PixelCounts;

/** How much larger than the sensor a picture is: small sensors are hard to see. */
public final class PictureScale {
    /** Sides of the largest picture. */
    public static final int MAX_SIDE = 8192;

    private static final int SIDE_TO_REACH = 480;

    private PictureScale() {
    }

    /** The smallest scale by which the longer side has 480 pixels. */
    public static int usual(final SensorSize area) {
        return Math.ceilDiv(SIDE_TO_REACH, Math.max(area.width(), area.height()));
    }

    /**
     * Checks that an area can be drawn.
     *
     * @param scale sides of the square that each of its pixels becomes
     * @throws FormatException where it has too many pixels, or the picture would have
     */
    public static void check(final SensorSize area, final int scale) throws FormatException {
        if ((long) area.width() * area.height() > PixelCounts.MAX_PIXELS) {
            throw new FormatException("sensor of " + area + " pixels: pictures show at most "
                + PixelCounts.MAX_PIXELS + " of them (--crop takes a part)");
        }
        if ((long) scale * Math.max(area.width(), area.height()) > MAX_SIDE) {
            throw new FormatException("sensor of " + area + " pixels at scale " + scale
                + ": pictures have at most " + MAX_SIDE + " pixels a side");
        }
    }
}
