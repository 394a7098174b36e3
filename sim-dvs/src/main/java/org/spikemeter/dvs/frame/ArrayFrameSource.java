package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.NpySlices;
import org.spikemeter.engine.importer.npy.NpyType;

/**
 * A {@code .npy} array as frames: uint8 [T, H, W] (grey is the value / 255), uint8 [T, H, W, 3] (RGB), or float32 or
 * float64 [T, H, W] that is in [0, 1] already.
 */
public final class ArrayFrameSource implements FrameSource {
    private static final String EXPECTED =
        ", expected uint8 [T, H, W], uint8 [T, H, W, 3], or float32 or float64 [T, H, W] in [0, 1]";

    private final String name;
    private final GreyMode mode;
    private final FrameClock clock;
    private final NpySlices slices;
    private final int width;
    private final int height;
    private final float[] values;
    private final Layout layout;
    private int frame;

    private ArrayFrameSource(
        final String name, final GreyMode mode, final FrameClock clock, final NpySlices slices)
        throws FormatException {
        this.name = name;
        this.mode = mode;
        this.clock = clock;
        this.slices = slices;
        final int[] shape = slices.shape();
        this.layout = Layout.of(slices.type(), shape);
        if (layout == null) {
            throw new FormatException(name + ": " + slices.type().name().toLowerCase(Locale.ROOT) + " "
                + Arrays.toString(shape) + EXPECTED);
        }
        if (shape[0] == 0) {
            throw new FormatException(name + ": array " + Arrays.toString(shape) + " without frames" + EXPECTED);
        }
        FrameLimits.check(name, shape[2], shape[1]);
        this.width = shape[2];
        this.height = shape[1];
        this.values = new float[slices.sliceSize()];
    }

    /**
     * Opens the file and checks its header.
     *
     * @throws FormatException where it is not an array, of another type or shape, or without frames
     */
    public static ArrayFrameSource open(final Path file, final GreyMode mode, final FrameClock clock)
        throws IOException {
        final NpySlices slices = NpySlices.open(file);
        try {
            return new ArrayFrameSource(file.toString(), mode, clock, slices);
        } catch (IOException e) {
            slices.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GreyMode greyMode() {
        return mode;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean next(final float[] grey) throws IOException {
        if (!slices.next(values)) {
            return false;
        }
        final int pixels = width * height;
        switch (layout) {
            case BYTES -> {
                for (int i = 0; i < pixels; i++) {
                    grey[i] = mode.grey(values[i] / 255.0f);
                }
            }
            case RGB -> {
                for (int i = 0; i < pixels; i++) {
                    grey[i] = mode.rgb8((int) values[3 * i], (int) values[3 * i + 1], (int) values[3 * i + 2]);
                }
            }
            case FLOATS -> {
                for (int i = 0; i < pixels; i++) {
                    grey[i] = mode.grey(unit(i));
                }
            }
            default -> throw new AssertionError(layout);
        }
        frame++;
        return true;
    }

    @Override
    public long micros() {
        return clock.micros(Math.max(0, frame - 1));
    }

    @Override
    public void close() throws IOException {
        slices.close();
    }

    private float unit(final int index) throws FormatException {
        final float value = values[index];
        // Written so that NaN fails too.
        if (!(value >= 0.0f && value <= 1.0f)) {
            throw new FormatException(name + ": frame " + frame + ", row " + index / width + ", column "
                + index % width + ": " + value + ", expected grey in [0, 1]");
        }
        return value;
    }

    private enum Layout {
        BYTES, RGB, FLOATS;

        /** Null where the array is none of them. */
        static Layout of(final NpyType type, final int[] shape) {
            if (type == NpyType.UINT8 && shape.length == 4 && shape[3] == 3) {
                return RGB;
            }
            if (shape.length != 3) {
                return null;
            }
            return switch (type) {
                case UINT8 -> BYTES;
                case FLOAT32, FLOAT64 -> FLOATS;
                default -> null;
            };
        }
    }
}
