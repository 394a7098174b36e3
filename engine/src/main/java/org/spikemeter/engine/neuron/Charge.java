package org.spikemeter.engine.neuron;

/**
 * The charge equation of a neuron, reduced to the form and the constants that a kernel needs.
 *
 * @param form which equation
 * @param divide true where {@code rate} divides (LIF: tau), false where it multiplies (PLIF: k)
 * @param rate tau or k; 1 for IF
 * @param retain {@code 1 - 1/tau} or {@code 1 - k}, rounded to float32; 1 for IF
 * @param rest the potential that the leak is relative to
 */
public record Charge(Form form, boolean divide, float rate, float retain, float rest) {
    /** The equations, with {@code / tau} standing for {@code * k} too. */
    public enum Form {
        /** {@code h = v + x}. */
        INTEGRATE,
        /** {@code h = v + (x - v) / tau}. */
        DECAYED_INPUT,
        /** {@code h = v + (x - (v - vReset)) / tau}. */
        DECAYED_INPUT_TO_RESET,
        /** {@code h = v * (1 - 1/tau) + x}. */
        LEAK,
        /** {@code h = v - (v - vReset) / tau + x}. */
        LEAK_TO_RESET
    }

    static Charge integrate() {
        return new Charge(Form.INTEGRATE, false, 1.0f, 1.0f, 0.0f);
    }

    static Charge leaky(
        final boolean divide, final float rate, final float retain, final boolean decayInput, final Reset reset) {
        final float rest = reset.restingPotential();
        final Form form;
        if (decayInput) {
            form = rest == 0.0f ? Form.DECAYED_INPUT : Form.DECAYED_INPUT_TO_RESET;
        } else {
            form = rest == 0.0f ? Form.LEAK : Form.LEAK_TO_RESET;
        }
        // Division by a power of two and multiplication by its inverse give the same bits; the second is faster.
        final boolean exactInverse = divide && Math.scalb(1.0f, Math.getExponent(rate)) == rate;
        return new Charge(form, divide && !exactInverse, exactInverse ? 1.0f / rate : rate, retain, rest);
    }

    /** The charged potential: the scalar oracle. */
    public float apply(final float v, final float x) {
        return switch (form) {
            case INTEGRATE -> v + x;
            case DECAYED_INPUT -> v + scale(x - v);
            case DECAYED_INPUT_TO_RESET -> v + scale(x - (v - rest));
            case LEAK -> v * retain + x;
            case LEAK_TO_RESET -> v - scale(v - rest) + x;
        };
    }

    private float scale(final float difference) {
        return divide ? difference / rate : difference * rate;
    }

    /**
     * The potential that a constant input {@code x} drives the neuron towards, in float64; infinite where the neuron
     * integrates without leak.
     */
    public double fixedPoint(final double x) {
        final double gain = divide ? rate : 1.0 / rate;
        return switch (form) {
            case INTEGRATE -> x > 0 ? Double.POSITIVE_INFINITY : x < 0 ? Double.NEGATIVE_INFINITY : 0.0;
            case DECAYED_INPUT, DECAYED_INPUT_TO_RESET -> rest + x;
            // a leak of 0 (k of a w far below 0) integrates: 0 times an infinite gain is still no drive
            case LEAK, LEAK_TO_RESET -> x == 0.0 ? rest : rest + x * gain;
        };
    }

    /** Multiplications (or divisions) of one update. */
    public int multiplies() {
        return form == Form.INTEGRATE ? 0 : 1;
    }

    /** Additions and subtractions of one update. */
    public int adds() {
        return switch (form) {
            case INTEGRATE, LEAK -> 1;
            case DECAYED_INPUT -> 2;
            case DECAYED_INPUT_TO_RESET, LEAK_TO_RESET -> 3;
        };
    }
}
