package org.spikemeter.engine.neuron;

import java.util.Arrays;

/**
 * How long neurons keep silent while nothing but their bias comes in: bounds for the potential of each channel, within
 * which no spike can come for {@code n} steps, whatever the rounding. With them, neurons that no event reaches need not
 * be touched: what they would have done can be replayed, and there was no spike in it.
 *
 * <p>Without events, one step takes the potential v to {@code a v + c} with {@code 0 <= a <= 1}, up to a rounding error
 * that is bounded while v is not large. So a potential below {@code (level - error - c) / a} stays below the level, and
 * where a level is not left from itself, {@code a level + c + error <= level}, it is never left.
 */
public final class Quiescence {
    /** Steps that are looked ahead for neurons that their bias alone makes fire. */
    private static final int LEVELS = 8;
    /** Potentials up to this many times the constants are looked at; what is beyond is stepped. */
    private static final double RANGE = 8.0;
    /** Four rounded operations on numbers of the range, and as much again: 16 times 2^-24. */
    private static final double ERROR = 0x1p-20;

    private final float[] lowest;
    private final float[][] highest;
    private final boolean endless;

    private Quiescence(final float[] lowest, final float[][] highest, final boolean endless) {
        this.lowest = lowest;
        this.highest = highest;
        this.endless = endless;
    }

    /**
     * The bounds of a layer's neurons.
     *
     * @param bias one value a channel, or null
     * @return null where the equation is none that the bounds hold for, such as a leak that turns the potential's sign
     */
    public static Quiescence of(final NeuronModel model, final float[] bias, final int channels) {
        final double keep = keep(model.charge());
        if (!(keep >= 0.0 && keep <= 1.0)) {
            return null;
        }
        final float[] lowest = new float[channels];
        final float[][] highest = new float[LEVELS][channels];
        boolean endless = true;
        for (int c = 0; c < channels; c++) {
            final Channel channel = new Channel(model, keep, bias == null ? 0.0f : 0.0f + bias[c]);
            lowest[c] = channel.lowest;
            for (int n = 0; n < LEVELS; n++) {
                highest[n][c] = channel.highest[n];
            }
            endless &= channel.endless;
        }
        return new Quiescence(lowest, endless ? Arrays.copyOf(highest, 1) : highest, endless);
    }

    /** The part of a potential that a step leaves. */
    private static double keep(final Charge charge) {
        return switch (charge.form()) {
            case INTEGRATE -> 1.0;
            case LEAK -> charge.retain();
            case DECAYED_INPUT, DECAYED_INPUT_TO_RESET, LEAK_TO_RESET -> 1.0 - rate(charge);
        };
    }

    private static double rate(final Charge charge) {
        return charge.divide() ? 1.0 / charge.rate() : charge.rate();
    }

    /** True where whoever is within the first bounds keeps silent for ever. */
    public boolean isEndless() {
        return endless;
    }

    /** False where a channel has no potential that is silent for a step: then each pixel is due in each step. */
    public boolean isUseful() {
        for (final float highestOfOne : highest[0]) {
            if (highestOfOne == Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    /** Steps that can be looked ahead. */
    public int levels() {
        return highest.length;
    }

    /** Lower bound of each channel's potential. */
    public float[] lowest() {
        return lowest;
    }

    /** Upper bound of each channel's potential for no spike in the next {@code steps} steps, 1 to {@link #levels}. */
    public float[] highest(final int steps) {
        return highest[steps - 1];
    }

    /** Bounds of one channel. */
    private static final class Channel {
        private final float lowest;
        private final float[] highest = new float[LEVELS];
        private final boolean endless;

        Channel(final NeuronModel model, final double keep, final float bias) {
            final Charge charge = model.charge();
            final double threshold = model.vThreshold();
            final float silent = model.firing() == Firing.AT_THRESHOLD
                ? Math.nextDown(model.vThreshold()) : model.vThreshold();
            final double gain = switch (charge.form()) {
                case INTEGRATE, LEAK -> bias;
                case DECAYED_INPUT, DECAYED_INPUT_TO_RESET -> rate(charge) * ((double) bias + charge.rest());
                case LEAK_TO_RESET -> rate(charge) * charge.rest() + bias;
            };
            // these have no difference in them: each of their operations grows with the potential, rounded or not
            final boolean monotone = charge.form() == Charge.Form.INTEGRATE || charge.form() == Charge.Form.LEAK;
            if (monotone && charge.apply(silent, bias) <= silent) {
                endless = true;
                lowest = Float.NEGATIVE_INFINITY;
                Arrays.fill(highest, silent);
                return;
            }
            final double target = keep < 1.0 ? gain / (1.0 - keep) : 0.0;
            final double range = RANGE * Math.max(Math.max(1.0, Math.abs(threshold)),
                Math.max(Math.max(Math.abs(bias), Math.abs(charge.rest())), Math.abs(target)));
            final double error = ERROR * range;
            lowest = (float) -range;
            if (!(range < Float.MAX_VALUE) || keep * -range + gain - error < -range) {
                // may leave the range by itself
                endless = false;
                Arrays.fill(highest, Float.NEGATIVE_INFINITY);
                return;
            }
            endless = keep * silent + gain + error <= silent;
            double level = silent;
            for (int n = 0; n < LEVELS; n++) {
                if (!endless) {
                    level = Math.min(range, before(level - error - gain, keep));
                }
                highest[n] = Math.nextDown((float) level);
            }
        }

        /** The largest potential that a step takes to {@code level}. */
        private static double before(final double level, final double keep) {
            return keep > 0.0 ? level / keep : level >= 0.0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
        }
    }
}
