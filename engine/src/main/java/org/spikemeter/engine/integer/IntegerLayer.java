package org.spikemeter.engine.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Synapses and neurons in integers. One unit of a potential is {@link #unit} in floating point; a neuron's input is
 * the sum over its ways in of shifted sums of integer weight times integer value, and its bias.
 */
public final class IntegerLayer {
    /** Fractional bits of values that are not spikes. */
    public static final int VALUE_FRACTION = 8;
    /** Values have 16 bits. */
    public static final int LARGEST_VALUE = Short.MAX_VALUE;
    /** Bits that a potential may have below the weights' unit. */
    public static final int MAX_FRACTION = 8;
    /** A membrane reaches at least this many times as far as threshold and bias. */
    public static final int HEADROOM = 8;
    /** What all sums of a neuron's input together stay below, whatever comes in. */
    private static final long SUM_LIMIT = 1L << 30;

    private final List<Input> inputs;
    private final int[] bias;
    private final IntegerNeurons neurons;
    private final double unit;
    private final double currentUnit;
    private final double rest;
    private final List<String> notes;

    /**
     * A way into the neurons.
     *
     * @param table the synapses
     * @param pools what events pass before them
     * @param valued whether the events before the pools may have values of their own
     */
    public record Way(SynapseTable table, List<Pool> pools, boolean valued) {
        /** What a pooled value is multiplied by to be a number of events. */
        private double places() {
            double places = 1.0;
            for (final Pool pool : pools) {
                places *= pool.isAverage() ? (double) pool.window().kernelY() * pool.window().kernelX() : 1.0;
            }
            return places;
        }

        /** The most events of value 1 that pools can merge into one value of 16 bits. */
        private long mostMerged() {
            long most = 1;
            for (final Pool pool : pools) {
                final long size = (long) pool.window().kernelY() * pool.window().kernelX();
                most = pool.isLinear() ? Math.min(most * size, LARGEST_VALUE) : most;
            }
            return most;
        }
    }

    /**
     * A way into the neurons, in integers.
     *
     * @param table the synapses
     * @param factor an event's value times this, rounded to the nearest, is its integer
     * @param largest integer of an event, or its minus: what is beyond saturates
     * @param unitShift bits to the left from a sum over events of value 1, each taken as the integer 1, to a potential
     * @param shift the same from a sum over the events' integers; negative to the right, rounded to the nearest
     */
    public record Input(IntegerTable table, double factor, int largest, int unitShift, int shift) {
        /** An event's integer, before it saturates. */
        public double scaled(final float value) {
            return Math.rint(value * factor);
        }

        /** True where events may have other values than 1 before any pool. */
        public boolean isValued() {
            return shift != unitShift;
        }

        /** True where an event of value 1 can be taken as the integer 1: its own does not saturate. */
        public boolean takesUnits() {
            return factor <= largest;
        }
    }

    /** Weights' unit and fraction bits of the potential. */
    private record Scale(double weight, int fraction) {}

    /**
     * Rounds a layer.
     *
     * @param ways at least one
     * @param bias one value an output channel, or null
     * @param model the neurons, or null where the sums are what is emitted
     * @param quantisation widths
     * @throws IllegalArgumentException where it has no integer mode
     */
    public IntegerLayer(
        final List<Way> ways, final float[] bias, final NeuronModel model, final Quantisation quantisation) {
        this.notes = new ArrayList<>();
        final double gain = gain(model);
        final double constant = largestConstant(bias, model, gain);
        final double reach = model == null ? SUM_LIMIT / HEADROOM
            : Math.min((double) quantisation.largestMembrane(), SUM_LIMIT) / HEADROOM;
        final double weightUnit = weightUnit(ways, constant / gain / reach, quantisation);
        final List<IntegerTable> tables = ways.stream()
            .map(way -> new IntegerTable(way.table(), weightUnit * way.places(), quantisation.largestWeight()))
            .toList();
        final int fraction = fraction(ways, tables, constant / (gain * weightUnit), reach);
        this.unit = Math.scalb(gain * weightUnit, -fraction);
        this.currentUnit = Math.scalb(weightUnit, -fraction);
        this.rest = model == null ? 0.0 : model.reset().restingPotential();
        this.inputs = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            inputs.add(input(ways.get(i), tables.get(i), fraction, SUM_LIMIT / ways.size()));
        }
        this.bias = bias == null ? null : new int[bias.length];
        for (int c = 0; bias != null && c < bias.length; c++) {
            this.bias[c] = (int) Math.rint(bias[c] * gain / unit);
        }
        this.neurons = model == null ? null : IntegerNeurons.of(model, unit, quantisation);
        note(model);
    }

    /** Where the input is multiplied by the leak, that becomes part of the unit, unrounded. */
    private static double gain(final NeuronModel model) {
        if (model == null) {
            return 1.0;
        }
        return switch (model.charge().form()) {
            case INTEGRATE, LEAK, LEAK_TO_RESET -> 1.0;
            case DECAYED_INPUT, DECAYED_INPUT_TO_RESET -> IntegerNeurons.leak(model);
        };
    }

    private static double largestConstant(final float[] bias, final NeuronModel model, final double gain) {
        double constant = model == null ? 0.0
            : Math.abs(model.vThreshold() - (double) model.reset().restingPotential());
        for (int c = 0; bias != null && c < bias.length; c++) {
            constant = Math.max(constant, Math.abs(bias[c]) * gain);
        }
        return constant;
    }

    /** The largest weight has all bits, unless threshold or bias would then be too large for the membrane. */
    private double weightUnit(final List<Way> ways, final double least, final Quantisation quantisation) {
        double largest = 0.0;
        for (final Way way : ways) {
            largest = Math.max(largest, IntegerTable.largest(way.table()) / way.places());
        }
        final double all = largest / quantisation.largestWeight();
        if (all >= least) {
            return all == 0.0 ? 1.0 : all;
        }
        if (largest > 0.0) {
            notes.add(String.format(Locale.ROOT, "the largest weight is %.0f units of %d: the membrane is too narrow",
                Math.rint(largest / least), quantisation.largestWeight()));
        }
        return least;
    }

    private static int fraction(
        final List<Way> ways, final List<IntegerTable> tables, final double constant, final double reach) {
        int fraction = MAX_FRACTION;
        while (fraction > 0 && Math.scalb(constant, fraction) > reach) {
            fraction--;
        }
        for (int i = 0; i < ways.size(); i++) {
            final long most = tables.get(i).bound() * ways.get(i).mostMerged();
            while (!ways.get(i).valued() && fraction > 0 && most << fraction > SUM_LIMIT / ways.size()) {
                fraction--;
            }
        }
        return fraction;
    }

    private static Input input(final Way way, final IntegerTable table, final int fraction, final long sumLimit) {
        final long limit = table.bound() == 0 ? Integer.MAX_VALUE : sumLimit / table.bound();
        final long most = way.valued() ? 1 : way.mostMerged();
        if (most > limit) {
            throw new IllegalArgumentException("sums of up to " + table.bound() + " times " + most
                + " units do not fit into 32 bits");
        }
        return way.valued()
            ? new Input(table, Math.scalb(way.places(), VALUE_FRACTION), (int) Math.min(LARGEST_VALUE, limit),
                fraction, fraction - VALUE_FRACTION)
            : new Input(table, way.places(), (int) most, fraction, fraction);
    }

    private void note(final NeuronModel model) {
        if (model == null || model.charge().form() == Charge.Form.INTEGRATE) {
            return;
        }
        final double leak = IntegerNeurons.leak(model);
        final double shifted = Math.scalb(1.0, -neurons.shift());
        if ((float) leak != (float) shifted) {
            notes.add(String.format(Locale.ROOT, "1/tau is %.4f, its shift by %d makes it %.4f", leak,
                neurons.shift(), shifted));
        }
    }

    /** The ways into the neurons. */
    public List<Input> inputs() {
        return inputs;
    }

    /** One value an output channel, or null; not to be changed. */
    public int[] bias() {
        return bias;
    }

    /** The bias in numbers that a model in floating point takes; null where there is none. */
    public float[] biasInUnits() {
        if (bias == null) {
            return null;
        }
        final float[] units = new float[bias.length];
        for (int c = 0; c < units.length; c++) {
            units[c] = bias[c];
        }
        return units;
    }

    /** The neurons; null where the sums are what is emitted. */
    public IntegerNeurons neurons() {
        return neurons;
    }

    /** What is not as in floating point beyond rounding, for people. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** A potential in floating point. */
    public float potential(final int v) {
        return (float) (v * unit + rest);
    }

    /** A neuron's input in floating point. */
    public float current(final int x) {
        return (float) (x * currentUnit);
    }
}
