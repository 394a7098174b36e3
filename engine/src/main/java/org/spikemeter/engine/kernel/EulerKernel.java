package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.EulerModel;

/**
 * Charges a row of neurons with parameters of their own. Plain loops, which the just-in-time compiler turns into vector
 * code by itself; {@link EulerModel#current} and {@link EulerModel#charge} are their scalar oracles.
 */
public final class EulerKernel {
    private final EulerModel.Membrane membrane;
    private final float[] synapticRate;
    private final float[] inputWeight;
    private final float[] rate;
    private final float[] gain;
    private final float[] leak;

    /** Copies the parameters of a model. */
    public EulerKernel(final EulerModel model) {
        this.membrane = model.membrane();
        this.synapticRate = model.values(EulerModel.Parameter.SYNAPTIC_RATE);
        this.inputWeight = model.values(EulerModel.Parameter.INPUT_WEIGHT);
        this.rate = model.values(EulerModel.Parameter.RATE);
        this.gain = model.values(EulerModel.Parameter.GAIN);
        this.leak = model.values(EulerModel.Parameter.LEAK);
    }

    /**
     * Replaces the inputs in {@code row} by synaptic currents.
     *
     * @param current synaptic currents of the layer, replaced
     * @param first address of the row's first neuron
     * @param row inputs, one a neuron of the row
     * @param size neurons of the row
     */
    public void synapses(final float[] current, final int first, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            final float before = current[first + i];
            row[i] = before + synapticRate[first + i] * (inputWeight[first + i] * row[i] - before);
        }
        System.arraycopy(row, 0, current, first, size);
    }

    /**
     * Replaces the currents in {@code row} by potentials before firing.
     *
     * @param v potentials of the layer
     * @param first address of the row's first neuron
     * @param row currents, one a neuron of the row
     * @param size neurons of the row
     */
    public void charge(final float[] v, final int first, final float[] row, final int size) {
        switch (membrane) {
            case INTEGRATE -> integrate(v, first, row, size);
            case LEAK -> leak(v, first, row, size);
            case PASS -> { }
            default -> throw new AssertionError(membrane);
        }
    }

    private void integrate(final float[] v, final int first, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[first + i] + gain[first + i] * row[i];
        }
    }

    private void leak(final float[] v, final int first, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            final float before = v[first + i];
            row[i] = before + rate[first + i] * (leak[first + i] - before + gain[first + i] * row[i]);
        }
    }
}
