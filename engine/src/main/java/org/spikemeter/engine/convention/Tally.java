package org.spikemeter.engine.convention;

import java.util.Arrays;

/** One kind of count, a layer and a step. */
public final class Tally {
    private final String key;
    private final boolean integral;
    private final double[][] cells;

    /** All 0; layers that never count anything stay empty. */
    Tally(final String key, final boolean integral, final int layers) {
        this.key = key;
        this.integral = integral;
        this.cells = new double[layers][];
    }

    /** Name in JSON. */
    public String key() {
        return key;
    }

    /** True where all cells are whole numbers. */
    public boolean isIntegral() {
        return integral;
    }

    void add(final int layer, final int step, final int steps, final double count) {
        if (cells[layer] == null) {
            cells[layer] = new double[steps];
        }
        cells[layer][step] += count;
    }

    /** True where the layer is one that this convention looks at. */
    public boolean has(final int layer) {
        return cells[layer] != null;
    }

    /** Count of a layer in each step; empty where the convention does not look at the layer. */
    public double[] steps(final int layer) {
        return has(layer) ? cells[layer].clone() : new double[0];
    }

    /** Sum of a layer over all steps. */
    public double layer(final int layer) {
        return has(layer) ? Arrays.stream(cells[layer]).sum() : 0.0;
    }

    /** Sum of all layers and steps. */
    public double total() {
        double total = 0.0;
        for (int layer = 0; layer < cells.length; layer++) {
            total += layer(layer);
        }
        return total;
    }
}
