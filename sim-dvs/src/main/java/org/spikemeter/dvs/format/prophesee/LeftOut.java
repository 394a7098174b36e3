package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** What decoders leave out, with warnings; off the hot path. */
final class LeftOut {
    private static final String UNKNOWN = "word of an unknown type, left out";

    private final ReadWarnings warnings;
    private final int width;
    private final int height;

    /**
     * Nothing left out yet.
     *
     * @param size what events are held against
     */
    LeftOut(final ReadWarnings warnings, final SensorSize size) {
        this.warnings = warnings;
        this.width = size.width();
        this.height = size.height();
    }

    /** Columns of the area. */
    int width() {
        return width;
    }

    /** Rows of the area. */
    int height() {
        return height;
    }

    /** An event outside of the area. */
    void outside(final long offset, final int x, final int y) {
        if (warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
            warnings.add(ReadWarnings.OUTSIDE_AREA, offset,
                "found x " + x + ", y " + y + ", expected " + width + " x " + height);
        }
    }

    /**
     * Those columns of a vector that are in the area; notes the others.
     *
     * @param x of the lowest bit
     * @param columns one bit each
     */
    int inside(final long offset, final int x, final int y, final int columns) {
        final int room = y >= height ? 0 : Math.clamp(width - x, 0, Integer.SIZE);
        final int inside = room == Integer.SIZE ? columns : columns & (1 << room) - 1;
        for (int left = columns & ~inside; left != 0; left &= left - 1) {
            outside(offset, x + Integer.numberOfTrailingZeros(left), y);
        }
        return inside;
    }

    /** A word of no known type. */
    void unknown(final long offset, final int type) {
        if (warnings.isFirst(UNKNOWN)) {
            warnings.add(UNKNOWN, offset, "type " + type);
        }
    }

    /** A word that cannot be understood where it stands. */
    void early(final String kind, final long offset) {
        warnings.add(kind, offset, "");
    }
}
