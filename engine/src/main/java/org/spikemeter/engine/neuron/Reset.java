package org.spikemeter.engine.neuron;

/** What a spike does to the potential. */
public sealed interface Reset {
    /** {@code v = h - vThreshold}; the potential starts at 0. */
    record Soft() implements Reset {}

    /**
     * {@code v = vReset}; the potential starts there.
     *
     * @param vReset potential after a spike and at the start, finite
     */
    record Hard(float vReset) implements Reset {
        /** Checks that the potential is finite. */
        public Hard {
            NeuronModel.requireFinite("v_reset", vReset);
        }
    }

    /** Soft reset. */
    static Reset soft() {
        return new Soft();
    }

    /** Hard reset to a potential. */
    static Reset hard(final float vReset) {
        return new Hard(vReset);
    }

    /** Potential before the first step, and the potential that leaks are relative to: vReset, or 0 with soft reset. */
    default float restingPotential() {
        return this instanceof Hard(float vReset) ? vReset : 0.0f;
    }
}
