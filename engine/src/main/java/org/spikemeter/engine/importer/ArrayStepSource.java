package org.spikemeter.engine.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.network.Shape;

/**
 * Input that is fed as it is: the array {@code x} [T, C, H, W] of an {@code .npz} (or of a folder of {@code .npy}), of
 * any number type. What is not 0 is an event. [T, C] will do where the network's input is one pixel.
 */
public final class ArrayStepSource implements StepSource {
    /** Name of the array. */
    public static final String ARRAY = "x";

    private final String file;
    private final Shape shape;
    private final float[] values;
    private final int steps;
    private int step;

    private ArrayStepSource(final String file, final Shape shape, final float[] values, final int steps) {
        this.file = file;
        this.shape = shape;
        this.values = values;
        this.steps = steps;
    }

    /**
     * Reads the array.
     *
     * @param npzOrFolder where it is
     * @param shape the grid that the steps must have
     * @param maxSteps steps to give at most
     * @throws FormatException where the array is missing, damaged, or has other sides, or no step
     * @throws IOException where it cannot be read
     */
    public static ArrayStepSource open(final Path npzOrFolder, final Shape shape, final int maxSteps)
        throws IOException {
        try (ArrayStore arrays = ArrayStore.open(npzOrFolder)) {
            final NpyArray x = arrays.get(ARRAY);
            final int[] found = x.shape();
            final int[] frame = {shape.channels(), shape.height(), shape.width()};
            final boolean fits = found.length == 4 && Arrays.equals(frame, Arrays.copyOfRange(found, 1, 4))
                || found.length == 2 && shape.pixels() == 1 && found[1] == shape.channels();
            if (!fits) {
                throw new FormatException(npzOrFolder + ": array '" + ARRAY + "' has the shape "
                    + Arrays.toString(found) + ", expected [T, " + frame[0] + ", " + frame[1] + ", " + frame[2]
                    + "] (steps, channels, height, width of the network's input)");
            }
            if (found[0] == 0) {
                throw new FormatException(npzOrFolder + ": array '" + ARRAY + "' has no step, expected at least one");
            }
            return new ArrayStepSource(npzOrFolder.toString(), shape, x.toFloats(), Math.min(found[0], maxSteps));
        }
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** Number of steps that it gives. */
    public int steps() {
        return steps;
    }

    @Override
    public boolean next(final StepEvents into) throws IOException {
        into.clear();
        if (step == steps) {
            return false;
        }
        final int frame = step * shape.size();
        for (int pixel = 0; pixel < shape.pixels(); pixel++) {
            for (int c = 0; c < shape.channels(); c++) {
                final float value = values[frame + c * shape.pixels() + pixel];
                if (!Float.isFinite(value)) {
                    throw new FormatException(file + ": " + ARRAY + "[" + step + ", " + c + ", "
                        + pixel / shape.width() + ", " + pixel % shape.width() + "] is " + value
                        + ", expected a finite number");
                }
                into.add(pixel * shape.channels() + c, value);
            }
        }
        step++;
        return true;
    }

    @Override
    public void close() {
        // the file was closed when it was read
    }
}
