package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.Charge;

/**
 * Charges a row of neurons: from potentials and input currents to charged potentials. Plain loops, one for each form of
 * the equation, which the just-in-time compiler turns into vector code by itself; see {@link Charge} for the equations.
 */
public final class ChargeKernel {
    private ChargeKernel() {
    }

    /** {@code row[i] += bias[i]}, the last addition of an input sum. */
    public static void addBias(final float[] row, final float[] bias, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] += bias[i];
        }
    }

    /**
     * Replaces the currents in {@code row} by charged potentials.
     *
     * @param charge the equation
     * @param membrane potentials of the layer
     * @param offset address of the row's first neuron
     * @param row currents, one a neuron of the row
     * @param size neurons of the row
     */
    public static void charge(
        final Charge charge, final float[] membrane, final int offset, final float[] row, final int size) {
        switch (charge.form()) {
            case INTEGRATE -> integrate(membrane, offset, row, size);
            case DECAYED_INPUT -> {
                if (charge.divide()) {
                    decayedInputDivided(charge.rate(), membrane, offset, row, size);
                } else {
                    decayedInput(charge.rate(), membrane, offset, row, size);
                }
            }
            case DECAYED_INPUT_TO_RESET -> {
                if (charge.divide()) {
                    decayedInputToResetDivided(charge.rate(), charge.rest(), membrane, offset, row, size);
                } else {
                    decayedInputToReset(charge.rate(), charge.rest(), membrane, offset, row, size);
                }
            }
            case LEAK -> leak(charge.retain(), membrane, offset, row, size);
            case LEAK_TO_RESET -> {
                if (charge.divide()) {
                    leakToResetDivided(charge.rate(), charge.rest(), membrane, offset, row, size);
                } else {
                    leakToReset(charge.rate(), charge.rest(), membrane, offset, row, size);
                }
            }
            default -> throw new AssertionError(charge.form());
        }
    }

    private static void integrate(final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] + row[i];
        }
    }

    private static void decayedInput(
        final float k, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] + (row[i] - v[offset + i]) * k;
        }
    }

    private static void decayedInputDivided(
        final float tau, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] + (row[i] - v[offset + i]) / tau;
        }
    }

    private static void decayedInputToReset(
        final float k, final float rest, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] + (row[i] - (v[offset + i] - rest)) * k;
        }
    }

    private static void decayedInputToResetDivided(
        final float tau, final float rest, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] + (row[i] - (v[offset + i] - rest)) / tau;
        }
    }

    private static void leak(
        final float retain, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] * retain + row[i];
        }
    }

    private static void leakToReset(
        final float k, final float rest, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] - (v[offset + i] - rest) * k + row[i];
        }
    }

    private static void leakToResetDivided(
        final float tau, final float rest, final float[] v, final int offset, final float[] row, final int size) {
        for (int i = 0; i < size; i++) {
            row[i] = v[offset + i] - (v[offset + i] - rest) / tau + row[i];
        }
    }
}
