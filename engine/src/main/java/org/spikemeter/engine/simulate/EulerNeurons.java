package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.EulerKernel;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;

/**
 * Neurons with parameters of their own in simulation: their synaptic currents and refractory periods; the potentials
 * are the projection's.
 */
final class EulerNeurons {
    private final EulerModel model;
    private final EulerKernel kernel;
    private final float[] membrane;
    private final float[] threshold;
    private final boolean firesAtThreshold;
    /** Null without synaptic currents. */
    private final float[] current;
    /** Steps that a neuron is still held; null without refractory periods. */
    private final int[] held;

    EulerNeurons(final EulerModel model, final float[] membrane) {
        this.model = model;
        this.kernel = new EulerKernel(model);
        this.membrane = membrane;
        this.threshold = model.values(EulerModel.Parameter.THRESHOLD);
        this.firesAtThreshold = model.firing() == Firing.AT_THRESHOLD;
        this.current = model.hasSynapticCurrent() ? new float[membrane.length] : null;
        this.held = model.hasRefractoryPeriod() ? new int[membrane.length] : null;
    }

    void reset() {
        for (int i = 0; i < membrane.length; i++) {
            membrane[i] = model.initial(i);
        }
        if (current != null) {
            Arrays.fill(current, 0.0f);
        }
        if (held != null) {
            Arrays.fill(held, 0);
        }
    }

    /**
     * A row's step.
     *
     * @param y the row
     * @param own the sums of the row's inputs, and where operations are tallied
     * @param currents where currents are kept; may be null
     */
    void step(final int y, final Scratch own, final int rowSize, final float[] currents, final EventGrid output) {
        final int first = y * rowSize;
        if (current != null) {
            kernel.synapses(current, first, own.row, rowSize);
        }
        if (currents != null) {
            System.arraycopy(own.row, 0, currents, first, rowSize);
        }
        kernel.charge(membrane, first, own.row, rowSize);
        final int place = output.rowStart(y);
        final int end = model.spikes() ? fire(first, own, rowSize, output.keys(), place)
            : emit(first, own, rowSize, output, place);
        own.tally.spikes += end - place;
        output.indexRow(y, end);
    }

    /** One beyond the place of the last spike. A neuron in its refractory period is not updated. */
    private int fire(final int first, final Scratch own, final int size, final int[] keys, final int firstPlace) {
        final float[] row = own.row;
        final float[] potential = membrane;
        final float[] fires = threshold;
        final int[] wait = held;
        final boolean at = firesAtThreshold;
        int place = firstPlace;
        int updates = 0;
        int changes = 0;
        for (int i = 0; i < size; i++) {
            final int neuron = first + i;
            if (wait != null && wait[neuron] > 0) {
                wait[neuron]--;
                continue;
            }
            float v = row[i];
            if (v > fires[neuron] || at && v == fires[neuron]) {
                v = spike(neuron, v);
                keys[place] = i;
                place++;
            }
            updates++;
            changes += Float.floatToRawIntBits(v) == Float.floatToRawIntBits(potential[neuron]) ? 0 : 1;
            potential[neuron] = v;
        }
        own.tally.updates += updates;
        own.tally.membraneChanges += changes;
        return place;
    }

    /** The potential behind a spike. */
    private float spike(final int neuron, final float v) {
        if (held != null) {
            held[neuron] = model.refractory(neuron);
        }
        return model.hasState() ? model.afterSpike(neuron, v) : v;
    }

    /** One beyond the place of the last potential that is not 0. */
    private int emit(
        final int first, final Scratch own, final int size, final EventGrid output, final int firstPlace) {
        int place = firstPlace;
        int changes = 0;
        for (int i = 0; i < size; i++) {
            final float v = own.row[i];
            if (v != 0.0f) {
                output.keys()[place] = i;
                output.values()[place] = v;
                place++;
            }
            changes += Float.floatToRawIntBits(v) == Float.floatToRawIntBits(membrane[first + i]) ? 0 : 1;
            membrane[first + i] = v;
        }
        own.tally.updates += size;
        own.tally.membraneChanges += changes;
        return place;
    }
}
