package org.spikemeter.dvs.frame;

/**
 * How a pixel becomes grey in [0, 1]. The choice matters to a frame-difference sensor: 8-bit grey changes by 1/255 or
 * not at all, so that every threshold below 0.0039 means the same. That holds only if a resized frame is rounded too,
 * as it is where frames are bytes; whoever resizes calls {@link #grey} on the result.
 */
public enum GreyMode {
    /** {@code 0.299 R + 0.587 G + 0.114 B} in float32, not rounded; what is grey already stays as it is. */
    FLOAT {
        @Override
        public float grey(final float unit) {
            return unit;
        }

        @Override
        float rgb8(final int red, final int green, final int blue) {
            return weigh(red, green, blue, 255.0f);
        }
    },

    /** Rounded to 8 bits before it is scaled to [0, 1]; from 8-bit colours as OpenCV's {@code cvtColor} does. */
    EIGHT_BIT {
        @Override
        public float grey(final float unit) {
            return Math.round(255.0f * unit) / 255.0f;
        }

        @Override
        float rgb8(final int red, final int green, final int blue) {
            // 0.299, 0.587 and 0.114 in units of 1/32768, as OpenCV rounds them.
            return (red * 9798 + green * 19235 + blue * 3735 + (1 << 14) >> 15) / 255.0f;
        }
    };

    /**
     * Grey of a pixel that has no colour, or whose colours have been weighed already; of its own result, the same.
     *
     * @param unit in [0, 1]
     */
    public abstract float grey(float unit);

    /** Grey of an 8-bit colour. */
    abstract float rgb8(int red, int green, int blue);

    /** Grey of a 16-bit colour. */
    final float rgb16(final int red, final int green, final int blue) {
        return grey(weigh(red, green, blue, 65535.0f));
    }

    /** The weights add up to 1 but for rounding, which may not lift white above 1. */
    private static float weigh(final int red, final int green, final int blue, final float white) {
        return Math.min(1.0f, (0.299f * red + 0.587f * green + 0.114f * blue) / white);
    }
}
