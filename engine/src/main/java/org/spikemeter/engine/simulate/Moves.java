package org.spikemeter.engine.simulate;

import java.util.BitSet;
import java.util.List;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Finds projections that only move events: each target has one source at most, all weights are 1, and nothing is done
 * to the sums. Slices, parts of a whole and delays of single neurons are made of such; they cost no operation.
 */
final class Moves {
    private static final Window ONE = Window.square(1, 1, 0);

    private final List<Projection> projections;
    /** What a projection that only moves events can emit; null for others, which may emit anywhere. */
    private final BitSet[] emitted;

    private Moves(final List<Projection> projections) {
        this.projections = projections;
        this.emitted = new BitSet[projections.size()];
    }

    /** True for each projection that only moves events. */
    static boolean[] of(final List<Projection> projections) {
        final Moves moves = new Moves(projections);
        final boolean[] movesOnly = new boolean[projections.size()];
        for (int i = 0; i < movesOnly.length; i++) {
            moves.emitted[i] = moves.reached(projections.get(i));
            movesOnly[i] = moves.emitted[i] != null;
        }
        return movesOnly;
    }

    /** The targets that a projection can reach; null where it does more than move events. */
    private BitSet reached(final Projection projection) {
        // a chain that ends with one synapse a value is counted as other synapses are
        final boolean ends = projection.inflows().size() == 1 && projection.table() instanceof ConvolutionTable;
        if (projection.neuron() != null || projection.euler() != null || projection.relu() != null
            || projection.bias() != null || ends) {
            return null;
        }
        final BitSet reached = new BitSet(projection.output().size());
        for (final Inflow inflow : projection.inflows()) {
            final BitSet targets = inflow.pools().isEmpty() ? targets(inflow) : null;
            if (targets == null || targets.intersects(reached)) {
                return null;
            }
            reached.or(targets);
        }
        return reached;
    }

    private BitSet targets(final Inflow inflow) {
        // what runs later may emit anywhere
        final BitSet sources = inflow.source() == Inflow.INPUT ? null : emitted[inflow.source()];
        return switch (inflow.table()) {
            case CsrTable csr -> targets(csr, sources);
            case ConvolutionTable convolution -> isIdentity(convolution) ? all(convolution, sources) : null;
        };
    }

    private static BitSet all(final SynapseTable table, final BitSet sources) {
        final BitSet all = new BitSet(table.input().size());
        if (sources == null) {
            all.set(0, table.input().size());
        } else {
            all.or(sources);
        }
        return all;
    }

    /** Null where a weight is not 1, or a target has several sources. */
    private static BitSet targets(final CsrTable table, final BitSet sources) {
        final BitSet targets = new BitSet(table.output().size());
        for (int source = 0; source < table.input().size(); source++) {
            if (sources != null && !sources.get(source)) {
                continue;
            }
            for (int synapse = table.rowStart()[source]; synapse < table.rowStart()[source + 1]; synapse++) {
                final int target = table.target(synapse);
                if (table.weight()[synapse] != 1.0f || targets.get(target)) {
                    return null;
                }
                targets.set(target);
            }
        }
        return targets;
    }

    private static boolean isIdentity(final ConvolutionTable table) {
        if (!table.window().equals(ONE) || table.groups() != table.output().channels() || table.outGroup() != 1) {
            return false;
        }
        for (int channel = 0; channel < table.groups(); channel++) {
            if (table.weightArray()[channel * table.lanes()] != 1.0f) {
                return false;
            }
        }
        return true;
    }
}
