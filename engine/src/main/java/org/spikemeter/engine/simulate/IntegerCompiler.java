package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.synapse.CsrTable;

/** Rounds the projections of a network; those that only move events stay as they are. */
public final class IntegerCompiler {
    private final Network network;
    private final List<Projection> projections;
    private final boolean[] movesOnly;
    private final Quantisation quantisation;

    IntegerCompiler(
        final Network network, final List<Projection> projections, final boolean[] movesOnly,
        final Quantisation quantisation) {
        this.network = network;
        this.projections = projections;
        this.movesOnly = movesOnly;
        this.quantisation = quantisation;
    }

    /**
     * What integer mode changes beyond rounding, a line each, with the layer's name.
     *
     * @throws IllegalArgumentException naming the layer, where one has no integer mode
     */
    public static List<String> notes(final Network network, final Quantisation quantisation) {
        final List<Projection> projections = NetworkCompiler.compile(network);
        final IntegerCompiler compiler =
            new IntegerCompiler(network, projections, Moves.of(projections), quantisation);
        final List<String> notes = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            final IntegerLayer layer = compiler.layer(i, compiler.valued(i));
            final String name = network.layers().get(projections.get(i).outputLayer()).name();
            if (layer != null) {
                layer.notes().forEach(note -> notes.add(name + ": " + note));
            }
        }
        return notes;
    }

    /** For each inflow of a projection, whether its events may have values. */
    boolean[] valued(final int index) {
        final List<Inflow> inflows = projections.get(index).inflows();
        final boolean[] valued = new boolean[inflows.size()];
        for (int i = 0; i < valued.length; i++) {
            final int source = inflows.get(i).source();
            valued[i] = source == Inflow.INPUT || !projections.get(source).spikes();
        }
        return valued;
    }

    /** The integer constants of a projection; null where it stays as it is. */
    IntegerLayer layer(final int index, final boolean[] valued) {
        final Projection projection = projections.get(index);
        if (quantisation == null || movesOnly[index]) {
            return null;
        }
        final String name = network.layers().get(projection.outputLayer()).name();
        if (projection.euler() != null) {
            throw new IllegalArgumentException("layer '" + name
                + "': neurons with parameters of their own have no integer mode");
        }
        if (projection.inflows().stream()
            .anyMatch(inflow -> inflow.table() instanceof CsrTable csr && csr.maxDelay() > 0)) {
            throw new IllegalArgumentException("layer '" + name + "': delays of single synapses have no integer mode");
        }
        try {
            return new IntegerLayer(
                IntegerState.ways(projection, valued), projection.bias(), projection.neuron(), quantisation);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("layer '" + name + "': " + e.getMessage(), e);
        }
    }
}
