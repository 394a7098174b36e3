package org.spikemeter.engine.importer.onnx;

/**
 * What a value of a spelled-out neuron is, as a polynomial of its state {@code v}, its input {@code x} and its spike
 * {@code s} (0 or 1, so that s * s = s), in float64.
 *
 * @param one without any of them
 * @param v of the state
 * @param x of the input
 * @param s of the spike
 * @param sv of spike times state
 * @param sx of spike times input
 * @param state name of the state; null where there is none
 * @param input name of the input; null where there is none
 * @param spike name of the comparison; null where there is none
 * @param divisor what the state was divided by; NaN where it was not
 * @param logit where the state was multiplied by a sigmoid, of what; null where it was not
 */
record NeuronForm(
    double one, double v, double x, double s, double sv, double sx, String state, String input, String spike,
    double divisor, Float logit) {
    private static final double NEAR = 1e-6;

    /** The value is no such polynomial. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(final String message) {
            super(message);
        }
    }

    static NeuronForm constant(final double value) {
        return new NeuronForm(value, 0, 0, 0, 0, 0, null, null, null, Double.NaN, null);
    }

    static NeuronForm state(final String name) {
        return new NeuronForm(0, 1, 0, 0, 0, 0, name, null, null, Double.NaN, null);
    }

    static NeuronForm input(final String name) {
        return new NeuronForm(0, 0, 1, 0, 0, 0, null, name, null, Double.NaN, null);
    }

    static NeuronForm spike(final String comparison) {
        return new NeuronForm(0, 0, 0, 1, 0, 0, null, null, comparison, Double.NaN, null);
    }

    static boolean near(final double a, final double b) {
        return Math.abs(a - b) <= NEAR * Math.max(1.0, Math.max(Math.abs(a), Math.abs(b)));
    }

    boolean isConstant() {
        return state == null && input == null && spike == null;
    }

    boolean isSpike() {
        return spike != null && state == null && input == null && one == 0 && s == 1;
    }

    private NeuronForm with(final double[] c, final NeuronForm other) throws Unfit {
        return new NeuronForm(c[0], c[1], c[2], c[3], c[4], c[5], same("states", state, other.state),
            same("inputs", input, other.input), same("comparisons", spike, other.spike),
            Double.isNaN(divisor) ? other.divisor : divisor, logit == null ? other.logit : logit);
    }

    private static String same(final String what, final String a, final String b) throws Unfit {
        if (a != null && b != null && !a.equals(b)) {
            throw new Unfit("joins two " + what + ", '" + a + "' and '" + b + "'");
        }
        return a == null ? b : a;
    }

    NeuronForm plus(final NeuronForm other) throws Unfit {
        return with(new double[] {one + other.one, v + other.v, x + other.x, s + other.s, sv + other.sv,
            sx + other.sx}, other);
    }

    NeuronForm times(final double factor) {
        return new NeuronForm(one * factor, v * factor, x * factor, s * factor, sv * factor, sx * factor, state, input,
            spike, divisor, logit);
    }

    NeuronForm times(final NeuronForm other) throws Unfit {
        if (other.isConstant() || isConstant()) {
            final NeuronForm product = isConstant() ? other.times(one) : times(other.one);
            return product.with(new double[] {product.one, product.v, product.x, product.s, product.sv, product.sx},
                isConstant() ? this : other);
        }
        final boolean left = v == 0 && x == 0 && sv == 0 && sx == 0;
        final NeuronForm a = left ? this : other;
        final NeuronForm b = left ? other : this;
        if (a.v != 0 || a.x != 0 || a.sv != 0 || a.sx != 0) {
            throw new Unfit("multiplies what depends on its state by what depends on it too");
        }
        return with(new double[] {a.one * b.one, a.one * b.v, a.one * b.x, a.one * b.s + a.s * b.one + a.s * b.s,
            a.one * b.sv + a.s * b.v + a.s * b.sv, a.one * b.sx + a.s * b.x + a.s * b.sx}, other);
    }

    NeuronForm dividedBy(final NeuronForm other) throws Unfit {
        if (!other.isConstant() || other.one == 0) {
            throw new Unfit("divides by what is no number but 0");
        }
        final NeuronForm quotient = times(1.0 / other.one);
        return new NeuronForm(quotient.one, quotient.v, quotient.x, quotient.s, quotient.sv, quotient.sx, state, input,
            spike, state == null ? divisor : other.one, logit);
    }

    /** With the sigmoid that it was multiplied by. */
    NeuronForm withLogit(final Float of) {
        return of == null ? this
            : new NeuronForm(one, v, x, s, sv, sx, state, input, spike, divisor, of);
    }
}
