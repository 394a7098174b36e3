package org.spikemeter.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.simulate.Simulator;

/**
 * How often a spiking network decides as the artificial one that it was made from: each sample goes through the
 * artificial network once and is held before the spiking one for many steps, whose output is summed up. The decision is
 * the largest output, or where the network has a readout, the group with the largest mean; a tie agrees with nothing.
 */
public final class Agreement {
    private static final int TIE = -1;

    private final Simulator artificial;
    private final Simulator spiking;
    private final double outputUnit;
    private final int[] checkpoints;
    private final StepEvents output;
    private final float[] expected;
    private final double[] sums;
    private final int[] agreeing;
    private final double[] errors;
    private final long[] accumulates;
    private final long[] multiplies;
    private long artificialOperations;
    private int samples;

    /**
     * After so many steps.
     *
     * @param steps since a sample began
     * @param agreement part of the samples that both networks decide alike
     * @param error mean over the samples of the largest difference of an output, as a part of the artificial network's
     *     largest output of the sample
     * @param accumulates ACC of a sample so far, mean
     * @param multiplyAccumulates MAC of a sample so far, mean
     */
    public record Point(
        int steps, double agreement, double error, double accumulates, double multiplyAccumulates) {}

    /**
     * Nothing compared yet.
     *
     * @param artificial runs the artificial network, metered; not closed
     * @param spiking runs the spiking one, metered; not closed
     * @param outputUnit of the spiking one
     * @param checkpoints numbers of steps after which to compare, ascending
     */
    public Agreement(
        final Simulator artificial, final Simulator spiking, final double outputUnit, final int... checkpoints) {
        this.artificial = artificial;
        this.spiking = spiking;
        this.outputUnit = outputUnit;
        this.checkpoints = checkpoints.clone();
        this.output = new StepEvents(artificial.network().output());
        this.expected = new float[output.shape().size()];
        this.sums = new double[expected.length];
        this.agreeing = new int[checkpoints.length];
        this.errors = new double[checkpoints.length];
        this.accumulates = new long[checkpoints.length];
        this.multiplies = new long[checkpoints.length];
    }

    /** Compares one sample. */
    public void add(final StepEvents sample) {
        artificial.reset();
        artificial.step(sample);
        read(artificial);
        Arrays.fill(expected, 0.0f);
        for (int i = 0; i < output.size(); i++) {
            expected[output.address(i)] = output.value(i);
        }
        artificialOperations += operations(artificial, Operation.SYNAPTIC_ACCUMULATES)
            + operations(artificial, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
        final double[] activations = new double[expected.length];
        for (int i = 0; i < activations.length; i++) {
            activations[i] = expected[i];
        }
        final int decision = decision(artificial.network(), activations);
        spiking.reset();
        Arrays.fill(sums, 0.0);
        int step = 0;
        for (int point = 0; point < checkpoints.length; point++) {
            for (; step < checkpoints[point]; step++) {
                spiking.step(sample);
                read(spiking);
                for (int i = 0; i < output.size(); i++) {
                    sums[output.address(i)] += output.value(i);
                }
            }
            compare(point, decision);
        }
        samples++;
    }

    private void read(final Simulator simulator) {
        simulator.spikes(simulator.network().layers().getLast().name(), output);
    }

    private static long operations(final Simulator simulator, final Operation operation) {
        return simulator.counts().total(operation);
    }

    private void compare(final int point, final int decision) {
        agreeing[point] += decision != TIE && decision(spiking.network(), sums) == decision ? 1 : 0;
        double largest = 0.0;
        double difference = 0.0;
        for (int i = 0; i < sums.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(sums[i] * outputUnit / checkpoints[point] - expected[i]));
        }
        errors[point] += largest == 0.0 ? difference : difference / largest;
        accumulates[point] += operations(spiking, Operation.SYNAPTIC_ACCUMULATES);
        multiplies[point] += operations(spiking, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
    }

    /** Index of the largest output, or group of outputs; {@link #TIE} where there are several. */
    private static int decision(final Network network, final double[] outputs) {
        final double[] values = network.voting().map(voting -> means(voting, outputs)).orElse(outputs);
        int best = 0;
        boolean tie = false;
        for (int i = 1; i < values.length; i++) {
            tie = values[i] == values[best] || tie && values[i] < values[best];
            best = values[i] > values[best] ? i : best;
        }
        return tie ? TIE : best;
    }

    private static double[] means(final Voting voting, final double[] outputs) {
        final double[] means = new double[voting.groups().size()];
        for (int i = 0; i < means.length; i++) {
            final Voting.Group group = voting.groups().get(i);
            means[i] = Arrays.stream(outputs, group.from(), group.to()).average().orElseThrow();
        }
        return means;
    }

    /** Samples compared. */
    public int samples() {
        return samples;
    }

    /** Synaptic operations of a sample in the artificial network, values of 0 left out; mean. */
    public double artificialOperations() {
        return (double) artificialOperations / samples;
    }

    /** The results at each checkpoint. */
    public List<Point> points() {
        final List<Point> points = new ArrayList<>();
        for (int i = 0; i < checkpoints.length; i++) {
            points.add(new Point(checkpoints[i], (double) agreeing[i] / samples, errors[i] / samples,
                (double) accumulates[i] / samples, (double) multiplies[i] / samples));
        }
        return points;
    }
}
