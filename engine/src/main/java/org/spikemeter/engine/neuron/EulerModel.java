package org.spikemeter.engine.neuron;

import java.util.Map;

/**
 * Neurons as NIR has them, each with parameters of its own, stepped by forward Euler: I, IF, LI, LIF, CubaLI, CubaLIF
 * and Threshold. With {@code x} the input and {@code dt} the step:
 *
 * <pre>
 * i = i + dt / tauSyn * (wIn * x - i)      where there is a synaptic current; else i = x
 * v = v + dt * r * i                       without leak
 * v = v + dt / tauMem * (vLeak - v + r * i)   with leak
 * v = i                                    for Threshold, which keeps no state
 * fires where v > vThreshold, then v = vReset, or v - vThreshold   (or where v >= vThreshold: {@link Firing})
 * </pre>
 *
 * <p>With a refractory period of n steps, which NIR does not have, the potential stays in the n steps after a spike
 * where the spike left it, and their input is lost; a synaptic current goes on.
 *
 * <p>The membrane sees the synaptic current of the same step, as the simulators that NIR's paper compares do. All
 * arithmetic is float32, in this order, rounded at each operation. Arrays are by address; the model is immutable.
 */
public final class EulerModel {
    /** How the potential follows its input. */
    public enum Membrane {
        /** It sums up its input. */
        INTEGRATE,
        /** It leaks towards a potential. */
        LEAK,
        /** It is its input. */
        PASS
    }

    /** What each neuron has a number of its own for; which of them a model has is up to its {@link Membrane}. */
    public enum Parameter {
        /** dt / tauSyn: there is a synaptic current. */
        SYNAPTIC_RATE,
        /** wIn, of a synaptic current. */
        INPUT_WEIGHT,
        /** dt / tauMem, of a leak. */
        RATE,
        /** r of a leak, dt * r of an integrator. */
        GAIN,
        /** vLeak, of a leak. */
        LEAK,
        /** vThreshold: it fires. */
        THRESHOLD,
        /** vReset: it resets hard. */
        RESET,
        /** Steps of a refractory period; whole numbers. */
        REFRACTORY
    }

    /** Steps that a refractory period may have. */
    public static final int MAX_REFRACTORY = 1 << 20;

    private final String type;
    private final Membrane membrane;
    private final float[] synapticRate;
    private final float[] inputWeight;
    private final float[] rate;
    private final float[] gain;
    private final float[] leak;
    private final float[] threshold;
    private final float[] reset;
    private final float[] refractory;
    private final Firing firing;

    /**
     * Without refractory period; takes arrays of one number a neuron, finite; they must not be changed afterwards.
     *
     * @param type NIR's name of the primitive
     * @param membrane how the potential follows its input
     * @param synapticRate dt / tauSyn; null where there is no synaptic current
     * @param inputWeight wIn; null with {@code synapticRate}
     * @param rate dt / tauMem; null unless it leaks
     * @param gain r where it leaks, dt * r where it integrates; null where it passes
     * @param leak vLeak; null unless it leaks
     * @param threshold vThreshold; null where it never fires and its potential is its output
     * @param reset vReset; null for soft reset
     * @param firing whether reaching the threshold is enough; NIR says it is not
     */
    public EulerModel(
        final String type, final Membrane membrane, final float[] synapticRate, final float[] inputWeight,
        final float[] rate, final float[] gain, final float[] leak, final float[] threshold, final float[] reset,
        final Firing firing) {
        this(type, membrane, synapticRate, inputWeight, rate, gain, leak, threshold, reset, null, firing);
    }

    private EulerModel(
        final String type, final Membrane membrane, final float[] synapticRate, final float[] inputWeight,
        final float[] rate, final float[] gain, final float[] leak, final float[] threshold, final float[] reset,
        final float[] refractory, final Firing firing) {
        this.type = type;
        this.membrane = membrane;
        this.synapticRate = synapticRate;
        this.inputWeight = inputWeight;
        this.rate = rate;
        this.gain = gain;
        this.leak = leak;
        this.threshold = threshold;
        this.reset = reset;
        this.refractory = refractory;
        this.firing = firing;
        requireGiven(gain != null == (membrane != Membrane.PASS), "a gain where it keeps a potential");
        requireGiven(rate != null == (membrane == Membrane.LEAK) && leak != null == (membrane == Membrane.LEAK),
            "a rate and a leak where it leaks");
        requireGiven(threshold != null || membrane != Membrane.PASS, "a threshold where it passes its input");
        requireGiven(inputWeight != null == (synapticRate != null), "an input weight with a synaptic rate");
        if (refractory != null && (threshold == null || membrane == Membrane.PASS)) {
            throw new IllegalArgumentException(type + " (" + membrane + "): expected a refractory period only where it"
                + " fires and keeps a potential");
        }
        requireSizes(synapticRate, inputWeight, rate, gain, leak, threshold, reset, refractory);
        requireSteps(refractory);
    }

    private void requireSizes(final float[]... parameters) {
        for (final float[] values : parameters) {
            if (values != null && values.length != size()) {
                throw new IllegalArgumentException(type + " has parameters of " + size() + " and of " + values.length
                    + " neurons");
            }
        }
    }

    private void requireSteps(final float... periods) {
        for (int i = 0; periods != null && i < periods.length; i++) {
            if (!(periods[i] >= 0.0f && periods[i] <= MAX_REFRACTORY) || periods[i] != (int) periods[i]) {
                throw new IllegalArgumentException(type + ": refractory period " + periods[i] + " of neuron " + i
                    + ": expected 0 to " + MAX_REFRACTORY + " whole steps");
            }
        }
    }

    /**
     * Takes the parameters by name.
     *
     * @param values arrays of one number a neuron, finite; they must not be changed afterwards
     * @throws IllegalArgumentException where the model wants others
     */
    public static EulerModel of(
        final String type, final Membrane membrane, final Map<Parameter, float[]> values, final Firing firing) {
        return new EulerModel(type, membrane, values.get(Parameter.SYNAPTIC_RATE), values.get(Parameter.INPUT_WEIGHT),
            values.get(Parameter.RATE), values.get(Parameter.GAIN), values.get(Parameter.LEAK),
            values.get(Parameter.THRESHOLD), values.get(Parameter.RESET), values.get(Parameter.REFRACTORY), firing);
    }

    private void requireGiven(final boolean given, final String what) {
        if (!given) {
            throw new IllegalArgumentException(type + " (" + membrane + "): expected " + what + ", and only there");
        }
    }

    /** A copy of the numbers of a parameter, by address; null where the model has none. */
    public float[] values(final Parameter parameter) {
        final float[] values = switch (parameter) {
            case SYNAPTIC_RATE -> synapticRate;
            case INPUT_WEIGHT -> inputWeight;
            case RATE -> rate;
            case GAIN -> gain;
            case LEAK -> leak;
            case THRESHOLD -> threshold;
            case RESET -> reset;
            case REFRACTORY -> refractory;
        };
        return values == null ? null : values.clone();
    }

    /** How the potential follows its input. */
    public Membrane membrane() {
        return membrane;
    }

    /** Whether reaching the threshold is enough. */
    public Firing firing() {
        return firing;
    }

    /** Number of neurons. */
    public int size() {
        return threshold != null ? threshold.length : gain.length;
    }

    /** NIR's name of the primitive. */
    public String type() {
        return type;
    }

    /** True where it fires; false where its potential is its output. */
    public boolean spikes() {
        return threshold != null;
    }

    /** True where it has a synaptic current. */
    public boolean hasSynapticCurrent() {
        return synapticRate != null;
    }

    /** True where a spike is followed by a refractory period. */
    public boolean hasRefractoryPeriod() {
        return refractory != null;
    }

    /** Steps of a neuron's refractory period; 0 without one. */
    public int refractory(final int neuron) {
        return refractory == null ? 0 : (int) refractory[neuron];
    }

    /** True where it keeps a potential from step to step. */
    public boolean hasState() {
        return membrane != Membrane.PASS;
    }

    /** Threshold of a neuron; positive infinity where it never fires. */
    public float threshold(final int neuron) {
        return threshold == null ? Float.POSITIVE_INFINITY : threshold[neuron];
    }

    /** dt / tauSyn of a neuron with a synaptic current. */
    public float synapticRate(final int neuron) {
        return synapticRate[neuron];
    }

    /** wIn of a neuron with a synaptic current. */
    public float inputWeight(final int neuron) {
        return inputWeight[neuron];
    }

    /** dt / tauMem of a neuron that leaks. */
    public float rate(final int neuron) {
        return rate[neuron];
    }

    /** r of a neuron that leaks, dt * r of one that integrates. */
    public float gain(final int neuron) {
        return gain[neuron];
    }

    /** vLeak of a neuron that leaks. */
    public float leak(final int neuron) {
        return leak[neuron];
    }

    /** vReset of a neuron; 0 with soft reset. */
    public float reset(final int neuron) {
        return reset == null ? 0.0f : reset[neuron];
    }

    /** Potential before the first step: vReset, 0 with soft reset, vLeak where it never fires and leaks. */
    public float initial(final int neuron) {
        if (reset != null) {
            return reset[neuron];
        }
        return threshold == null && leak != null ? leak[neuron] : 0.0f;
    }

    /** True where a spike sets the potential, false where it takes the threshold away. */
    public boolean resetsHard() {
        return reset != null;
    }

    /** The synaptic current after a step. */
    public float current(final int neuron, final float current, final float x) {
        return synapticRate == null ? x
            : current + synapticRate[neuron] * (inputWeight[neuron] * x - current);
    }

    /** The potential after a step, before firing. */
    public float charge(final int neuron, final float v, final float current) {
        return switch (membrane) {
            case INTEGRATE -> v + gain[neuron] * current;
            case LEAK -> v + rate[neuron] * (leak[neuron] - v + gain[neuron] * current);
            case PASS -> current;
        };
    }

    /** True where the potential is a spike. */
    public boolean fires(final int neuron, final float v) {
        return threshold != null && (v > threshold[neuron] || firing == Firing.AT_THRESHOLD && v == threshold[neuron]);
    }

    /** The potential behind a spike. */
    public float afterSpike(final int neuron, final float v) {
        return reset == null ? v - threshold[neuron] : reset[neuron];
    }

    /** Multiplications of one update. */
    public int multiplies() {
        return (synapticRate == null ? 0 : 2) + switch (membrane) {
            case INTEGRATE -> 1;
            case LEAK -> 2;
            case PASS -> 0;
        };
    }

    /** Additions and subtractions of one update. */
    public int adds() {
        return (synapticRate == null ? 0 : 2) + switch (membrane) {
            case INTEGRATE -> 1;
            case LEAK -> 3;
            case PASS -> 0;
        };
    }
}
