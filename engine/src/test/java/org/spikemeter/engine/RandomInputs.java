package org.spikemeter.engine;

import java.util.Random;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;

/** Seeded inputs for tests, and the same events in the forms that the engine takes. */
public final class RandomInputs {
    private RandomInputs() {
    }

    /** A whole number from {@code from} to {@code to}, both included. */
    public static int between(final Random random, final int from, final int to) {
        return from + random.nextInt(to - from + 1);
    }

    /** Numbers from -1 to 1, one in sixteen of them 0. */
    public static float[] floats(final Random random, final int size) {
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(16) == 0 ? 0.0f : 2.0f * random.nextFloat() - 1.0f;
        }
        return values;
    }

    /** A tensor of {@link #floats}. */
    public static Tensor tensor(final Random random, final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        return Tensor.of(floats(random, size), shape);
    }

    /** Any finite float32, subnormal ones and both zeros included. */
    public static float anyFloat(final Random random) {
        while (true) {
            final float value = switch (random.nextInt(8)) {
                case 0 -> Float.intBitsToFloat(random.nextInt() & 0x807f_ffff);
                case 1 -> random.nextBoolean() ? 0.0f : -0.0f;
                case 2, 3, 4 -> 4.0f * random.nextFloat() - 2.0f;
                default -> Float.intBitsToFloat(random.nextInt());
            };
            if (Float.isFinite(value)) {
                return value;
            }
        }
    }

    /** Events at a share of the addresses; valued ones are negative, fractional, or 1. */
    public static StepEvents events(
        final Random random, final Shape shape, final double density, final boolean valued) {
        final StepEvents events = new StepEvents(shape);
        for (int address = 0; address < shape.size(); address++) {
            if (random.nextDouble() < density) {
                events.add(address, valued && random.nextInt(4) > 0 ? 4.0f * random.nextFloat() - 2.0f : 1.0f);
            }
        }
        return events;
    }

    /** The events as kernels take them. */
    public static EventGrid grid(final StepEvents events) {
        final EventGrid grid = new EventGrid(events.shape(), true);
        grid.load(events);
        return grid;
    }

    /** The values by address, 0 where there is no event. */
    public static float[] dense(final StepEvents events) {
        final float[] dense = new float[events.shape().size()];
        for (int i = 0; i < events.size(); i++) {
            dense[events.address(i)] = events.value(i);
        }
        return dense;
    }

    /** A small window: kernel to 3, stride to 3, padding to 2, dilation to 2, each axis on its own. */
    public static Window window(final Random random) {
        return new Window(between(random, 1, 3), between(random, 1, 3), between(random, 1, 3), between(random, 1, 3),
            between(random, 0, 2), between(random, 0, 2), between(random, 1, 2), between(random, 1, 2));
    }

    /** A grid of 1 to {@code side} rows and columns into which the window fits. */
    public static Shape gridFor(final Random random, final Window window, final int side, final int channels) {
        while (true) {
            final Shape shape = new Shape(between(random, 1, side), between(random, 1, side), channels);
            if (window.outputHeight(shape.height()) > 0 && window.outputWidth(shape.width()) > 0) {
                return shape;
            }
        }
    }
}
