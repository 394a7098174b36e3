package org.spikemeter.runtime.picture;

import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.recording.PixelCounts;
import org.spikemeter.runtime.recording.RateHistory;

/**
 * Where the events of a recording are, as a picture: hue from ON to OFF, strength by the square root of their number;
 * and when they are, ON upwards and OFF downwards, over time from left to right.
 */
public final class EventMap {
    /** Pixels with more events than nearly all others are as strong as those, so that hot ones do not pale the rest. */
    private static final double FULL_STRENGTH_QUANTILE = 0.99;
    private static final double LEAST_STRENGTH = 0.25;
    private static final int RATE_HEIGHT = 48;
    private static final int GAP = 8;
    private static final int BASELINE = 0xC0C0C0;

    private EventMap() {
    }

    /**
     * Events of each pixel.
     *
     * @param area of the picture
     * @param scale sides of the square that each pixel of the sensor becomes
     * @throws FormatException where the area is too large
     */
    public static Picture of(final PixelCounts counts, final SensorSize area, final int scale) throws FormatException {
        PictureScale.check(area, scale);
        final Picture picture = Picture.blank(area.width() * scale, area.height() * scale);
        picture.drawEnlarged(small(counts, area), scale);
        return picture;
    }

    /** As {@link #of}, with the rate of events beneath. */
    public static Picture withRate(
        final PixelCounts counts, final SensorSize area, final int scale, final RateHistory rate)
        throws FormatException {
        PictureScale.check(area, scale);
        final int mapHeight = area.height() * scale;
        final Picture picture = Picture.blank(area.width() * scale, mapHeight + GAP + 2 * RATE_HEIGHT + 1);
        picture.drawEnlarged(small(counts, area), scale);
        drawRate(picture, mapHeight + GAP + RATE_HEIGHT, rate.columns(picture.width()));
        return picture;
    }

    private static Picture small(final PixelCounts counts, final SensorSize area) {
        final double full = counts.quantile(FULL_STRENGTH_QUANTILE);
        final Picture small = Picture.blank(area.width(), area.height());
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                final long on = counts.events(x, y, 1);
                final long off = counts.events(x, y, 0);
                if (on + off > 0) {
                    final double strength = Math.min(1.0, Math.sqrt((on + off) / full));
                    small.rgb()[y * area.width() + x] =
                        EventColours.of(on, off, LEAST_STRENGTH + (1.0 - LEAST_STRENGTH) * strength);
                }
            }
        }
        return small;
    }

    private static void drawRate(final Picture picture, final int baseline, final RateHistory.Columns columns) {
        long most = 1;
        for (int i = 0; i < columns.size(); i++) {
            most = Math.max(most, Math.max(columns.on()[i], columns.off()[i]));
        }
        for (int x = 0; x < picture.width(); x++) {
            picture.rgb()[baseline * picture.width() + x] = BASELINE;
            final int column = (int) ((long) x * columns.size() / picture.width());
            if (columns.size() > 0) {
                drawBar(picture, x, baseline, -1, EventColours.ON, (double) columns.on()[column] / most);
                drawBar(picture, x, baseline, 1, EventColours.OFF, (double) columns.off()[column] / most);
            }
        }
    }

    /** Any event at all is a pixel at least. */
    private static void drawBar(
        final Picture picture, final int x, final int baseline, final int step, final int colour, final double part) {
        final int height = (int) Math.ceil(RATE_HEIGHT * part);
        for (int i = 1; i <= height; i++) {
            picture.rgb()[(baseline + step * i) * picture.width() + x] = colour;
        }
    }
}
