package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.Charge;

/**
 * Charges a row of neurons: from potentials and input currents to charged potentials. Plain loops, one for each form of
 * the equation, which the just-in-time compiler turns into vector code by itself; see {@link Charge} for the equations.
 */
public final class ChargeKernel {
    private ChargeKernel() {
    }

    /** {@code row[from + i] += more[i]}. */
    public static void add(final float[] more, final float[] row, final int from, final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] += more[i];
        }
    }

    /**
     * Replaces the currents in {@code row} by charged potentials.
     *
     * @param charge the equation
     * @param membrane potentials of the layer
     * @param offset address of the row's first neuron
     * @param row currents, one a neuron of the row, from {@code from} on
     * @param from place of the row's first current
     * @param size neurons of the row
     */
    public static void charge(
        final Charge charge, final float[] membrane, final int offset, final float[] row, final int from,
        final int size) {
        switch (charge.form()) {
            case INTEGRATE -> integrate(membrane, offset, row, from, size);
            case DECAYED_INPUT -> {
                if (charge.divide()) {
                    decayedInputDivided(charge.rate(), membrane, offset, row, from, size);
                } else {
                    decayedInput(charge.rate(), membrane, offset, row, from, size);
                }
            }
            case DECAYED_INPUT_TO_RESET -> {
                if (charge.divide()) {
                    decayedInputToResetDivided(charge.rate(), charge.rest(), membrane, offset, row, from, size);
                } else {
                    decayedInputToReset(charge.rate(), charge.rest(), membrane, offset, row, from, size);
                }
            }
            case LEAK -> leak(charge.retain(), membrane, offset, row, from, size);
            case LEAK_TO_RESET -> {
                if (charge.divide()) {
                    leakToResetDivided(charge.rate(), charge.rest(), membrane, offset, row, from, size);
                } else {
                    leakToReset(charge.rate(), charge.rest(), membrane, offset, row, from, size);
                }
            }
            default -> throw new AssertionError(charge.form());
        }
    }

    private static void integrate(final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] + row[from + i];
        }
    }

    private static void decayedInput(
        final float k, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] + (row[from + i] - v[offset + i]) * k;
        }
    }

    private static void decayedInputDivided(
        final float tau, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] + (row[from + i] - v[offset + i]) / tau;
        }
    }

    private static void decayedInputToReset(
        final float k, final float rest, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] + (row[from + i] - (v[offset + i] - rest)) * k;
        }
    }

    private static void decayedInputToResetDivided(
        final float tau, final float rest, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] + (row[from + i] - (v[offset + i] - rest)) / tau;
        }
    }

    private static void leak(
        final float retain, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] * retain + row[from + i];
        }
    }

    private static void leakToReset(
        final float k, final float rest, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] - (v[offset + i] - rest) * k + row[from + i];
        }
    }

    private static void leakToResetDivided(
        final float tau, final float rest, final float[] v, final int offset, final float[] row, final int from,
        final int size) {
        for (int i = 0; i < size; i++) {
            row[from + i] = v[offset + i] - (v[offset + i] - rest) / tau + row[from + i];
        }
    }
}
