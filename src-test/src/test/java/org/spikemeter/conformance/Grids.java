package org.spikemeter.conformance;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/** Dense values of a grid as [y][x][c], as tests think of them, from and to what the engine takes. */
final class Grids {
    private Grids() {
    }

    static float[][][] zeros(final Shape shape) {
        return new float[shape.height()][shape.width()][shape.channels()];
    }

    static float[][][] of(final StepEvents events) {
        final Shape shape = events.shape();
        final float[][][] grid = zeros(shape);
        for (int i = 0; i < events.size(); i++) {
            final int pixel = events.address(i) / shape.channels();
            grid[pixel / shape.width()][pixel % shape.width()][events.address(i) % shape.channels()] = events.value(i);
        }
        return grid;
    }

    /** All values in the order of addresses. */
    static float[] flat(final float[][][] grid) {
        final float[] flat = new float[grid.length * grid[0].length * grid[0][0].length];
        int address = 0;
        for (final float[][] row : grid) {
            for (final float[] pixel : row) {
                for (final float value : pixel) {
                    flat[address] = value;
                    address++;
                }
            }
        }
        return flat;
    }

    /** The values that are not 0 as events. */
    static StepEvents events(final Shape shape, final float[] flat) {
        final StepEvents events = new StepEvents(shape);
        for (int address = 0; address < flat.length; address++) {
            events.add(address, flat[address]);
        }
        return events;
    }

    /** The neuron at an address, for people. */
    static String place(final Shape shape, final int address) {
        final int pixel = address / shape.channels();
        return "y " + pixel / shape.width() + ", x " + pixel % shape.width() + ", c " + address % shape.channels();
    }
}
