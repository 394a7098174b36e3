package org.spikemeter.runtime.spikes;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * One neuron's trace from another simulator: a line a step, with input, potential after the step (after a reset), and 1
 * for a spike; and how far this simulator is from it.
 *
 * @param steps number of steps
 * @param largestGap largest distance of the potentials
 * @param gapStep the step where it is
 * @param spikes spikes of the trace
 * @param differing steps in which one of the two fired alone
 */
public record Trace(int steps, double largestGap, int gapStep, int spikes, int differing) {
    private static final int COLUMNS = 3;

    /**
     * Runs a network on a trace's input and compares.
     *
     * @param network with one input, and one neuron in its last layer
     * @throws IllegalArgumentException where the network is another
     * @throws FormatException naming file and line, where the file is no trace
     */
    public static Trace compare(final Path file, final Network network) throws IOException {
        if (network.input().size() != 1 || network.output().size() != 1
            || !(network.layers().getLast() instanceof Layer.Neurons
                || network.layers().getLast() instanceof Layer.Euler)) {
            throw new IllegalArgumentException("a trace is of one neuron with one input; network '" + network.name()
                + "' has " + network.input().size() + " inputs and " + network.output().size() + " outputs");
        }
        final String layer = network.layers().getLast().name();
        final List<double[]> rows = rows(file);
        double largest = 0.0;
        int gapStep = 0;
        int spikes = 0;
        int differing = 0;
        final StepEvents events = new StepEvents(network.input());
        final StepEvents fired = new StepEvents(network.output());
        final float[] membrane = new float[1];
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < rows.size(); step++) {
                events.clear();
                events.add(0, (float) rows.get(step)[0]);
                simulator.step(events);
                simulator.spikes(layer, fired);
                simulator.membrane(layer, membrane);
                final double gap = Math.abs(membrane[0] - rows.get(step)[1]);
                if (gap > largest) {
                    largest = gap;
                    gapStep = step;
                }
                final boolean expected = rows.get(step)[2] != 0.0;
                spikes += expected ? 1 : 0;
                differing += expected == fired.size() > 0 ? 0 : 1;
            }
        }
        return new Trace(rows.size(), largest, gapStep, spikes, differing);
    }

    private static List<double[]> rows(final Path file) throws IOException {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (final CharacterCodingException e) {
            throw new FormatException(file + ": not text, expected lines of input, potential, spike", e);
        }
        final List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            final String[] cells = lines.get(i).split(",", -1);
            final double[] row = new double[COLUMNS];
            try {
                for (int column = 0; column < COLUMNS; column++) {
                    row[column] = Double.parseDouble(cells[column].strip());
                }
            } catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new FormatException(file + ": line " + (i + 1) + " is '" + lines.get(i)
                    + "', expected input, potential, spike", e);
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new FormatException(file + ": empty, expected lines of input, potential, spike");
        }
        return rows;
    }
}
