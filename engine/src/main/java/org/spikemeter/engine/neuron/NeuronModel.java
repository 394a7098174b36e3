package org.spikemeter.engine.neuron;

/**
 * A point neuron in discrete time. In each step: charge {@code h = charge(v, x)}, fire if {@link #fires}, then
 * {@code v} is {@link #afterSpike} where it fired and {@code h} where it did not.
 *
 * <p>All arithmetic is float32, each operation rounded, no fused multiply-add: the forms are those of SpikingJelly
 * 0.0.0.0.14 ({@code activation_based/neuron.py}).
 */
public sealed interface NeuronModel permits If, Lif, Plif {
    /** Potential at which the neuron fires. */
    float vThreshold();

    /** What a spike does to the potential. */
    Reset reset();

    /** Whether reaching the threshold is enough. */
    Firing firing();

    /** The equation by which it charges, with its constants. */
    Charge charge();

    /** The charged potential from the potential {@code v} and the input current {@code x}. */
    default float charge(final float v, final float x) {
        return charge().apply(v, x);
    }

    /** True where the charged potential {@code h} is a spike. */
    default boolean fires(final float h) {
        return firing() == Firing.AT_THRESHOLD ? h >= vThreshold() : h > vThreshold();
    }

    /** The potential after a spike at the charged potential {@code h}. */
    default float afterSpike(final float h) {
        return reset() instanceof Reset.Hard(float vReset) ? vReset : h - vThreshold();
    }

    /** Refuses NaN and infinities, by the name that the network file gives the value. */
    static void requireFinite(final String name, final float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ": expected a finite number");
        }
    }
}
