package org.spikemeter.engine.convention;

import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/**
 * The tensor operations of one step of SpikingJelly's IF, LIF and PLIF nodes, one after the other, as its ACCounter and
 * its NeuronStateCounter see them. An addition of two tensors that are both binary counts their non-zero elements,
 * every other addition counts all.
 */
final class SpikingJellyNeuron {
    private static final int FLOAT_BYTES = 4;

    /** Additions by the leak. */
    long leak;
    /** Additions of charge and threshold. */
    long update;
    /** Additions of the reset. */
    long reset;
    /** Multiplications and divisions of state tensors. */
    long stateMacLike;
    /** Additions and comparisons of state tensors. */
    long stateAccLike;
    /** Bytes of potentials read. */
    long readBytes;
    /** Bytes of potentials written. */
    long writeBytes;

    private final LayerCall call;
    private final int size;

    /** An element of a tensor that is not stored. */
    @FunctionalInterface
    private interface Element {
        float at(int i);
    }

    SpikingJellyNeuron(final LayerCall call) {
        this.call = call;
        this.size = call.outputShape.size();
        final NeuronModel model = ((Layer.Neurons) call.layer).model();
        charge(model);
        fire();
        reset(model);
    }

    private void charge(final NeuronModel model) {
        final float[] v = call.membrane;
        final float[] x = call.current;
        final Charge charge = model.charge();
        if (charge.form() == Charge.Form.INTEGRATE) {
            // v + x
            update += sum(i -> v[i], i -> x[i]);
            addInput();
            return;
        }
        final float rest = model.reset().restingPotential();
        final Element fromRest = i -> v[i] - rest;
        // v - v_reset
        leak += size;
        add(1);
        // by tau, or times its inverse
        stateMacLike += size;
        dense(1);
        if (isDecayedInput(charge)) {
            // v + (x - (v - v_reset)) / tau
            leak += sum(i -> x[i], fromRest);
            addInput();
            update += sum(i -> v[i], i -> scale(charge, x[i] - fromRest.at(i)));
            add(2);
        } else {
            // v - (v - v_reset) / tau + x
            final Element leaked = i -> scale(charge, fromRest.at(i));
            leak += sum(i -> v[i], leaked);
            add(2);
            update += sum(i -> v[i] - leaked.at(i), i -> x[i]);
            addInput();
        }
    }

    private static boolean isDecayedInput(final Charge charge) {
        return charge.form() == Charge.Form.DECAYED_INPUT || charge.form() == Charge.Form.DECAYED_INPUT_TO_RESET;
    }

    private static float scale(final Charge charge, final float difference) {
        return charge.divide() ? difference / charge.rate() : difference * charge.rate();
    }

    private void fire() {
        // v - v_threshold
        update += size;
        add(1);
        // >= 0
        stateAccLike += size;
        readBytes += (long) FLOAT_BYTES * size;
    }

    private void reset(final NeuronModel model) {
        final int spikes = call.spikeCount;
        switch (model.reset()) {
            case Reset.Soft _ -> {
                // v - spike * v_threshold
                final float threshold = model.vThreshold();
                reset += sumWithSpikes(model, threshold, false);
                addOther(threshold == 0.0f ? 0 : spikes, isBinary(threshold) || spikes == 0);
            }
            case Reset.Hard(float vReset) -> {
                // 1 - spike, which is no state
                reset += size;
                // (1 - spike) * v
                stateMacLike += size;
                sparse(size - spikes);
                // spike * v_reset + the above
                reset += sumWithSpikes(model, vReset, true);
                addOther(vReset == 0.0f ? 0 : spikes, isBinary(vReset) || spikes == 0);
            }
        }
    }

    /** Additions of spike * level and the charged potentials, of the silent neurons alone where these are masked. */
    private long sumWithSpikes(final NeuronModel model, final float level, final boolean masked) {
        if (!isBinary(level) && call.spikeCount > 0) {
            return size;
        }
        final Charge charge = model.charge();
        final float[] fired = new float[size];
        call.spikes.expand(fired);
        return sum(i -> fired[i] * level,
            i -> masked && fired[i] == 1.0f ? 0.0f : charge.apply(call.membrane[i], call.current[i]));
    }

    private static boolean isBinary(final float value) {
        return value == 0.0f || value == 1.0f;
    }

    /** What an addition of two tensors counts. */
    private long sum(final Element a, final Element b) {
        long nonZero = 0;
        for (int i = 0; i < size; i++) {
            final float left = a.at(i);
            final float right = b.at(i);
            if (!isBinary(left) || !isBinary(right)) {
                return size;
            }
            nonZero += (left == 0.0f ? 0 : 1) + (right == 0.0f ? 0 : 1);
        }
        return nonZero;
    }

    /** An addition of the input to a state. */
    private void addInput() {
        addOther(call.input().nonZero(), call.input().isBinary());
    }

    /** An addition of state tensors alone. */
    private void add(final int states) {
        stateAccLike += size;
        dense(states);
    }

    /**
     * An addition of a state and a tensor that is none: where that one is sparse, only its non-zero places are used.
     */
    private void addOther(final int nonZero, final boolean binary) {
        stateAccLike += size;
        if (new Facts(size, nonZero, nonZero, binary, binary, binary).isSparseAccess()) {
            sparse(nonZero);
        } else {
            dense(1);
        }
    }

    private void dense(final int states) {
        readBytes += (long) FLOAT_BYTES * states * size;
        writeBytes += (long) FLOAT_BYTES * size;
    }

    private void sparse(final long places) {
        readBytes += FLOAT_BYTES * places;
        writeBytes += FLOAT_BYTES * places;
    }
}
