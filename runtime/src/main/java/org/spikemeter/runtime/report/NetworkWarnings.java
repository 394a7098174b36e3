package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.count.UpdateMeter;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Inflow;
import org.spikemeter.engine.simulate.Projection;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.SynapseTable;

/** What a network's weights show: channels that fire on their own, dead channels, weights that are 0. */
final class NetworkWarnings {
    private NetworkWarnings() {
    }

    static List<String> of(final Network network, final List<Projection> projections) {
        final List<String> warnings = new ArrayList<>();
        for (final Projection projection : projections) {
            final String name = network.layers().get(projection.outputLayer()).name();
            if (projection.neuron() != null) {
                addChannels(warnings, name, projection);
            }
            for (final Inflow inflow : projection.inflows()) {
                final long zeros = zeros(inflow.table());
                if (zeros > 0) {
                    warnings.add(network.layers().get(inflow.synapticLayer()).name() + ": "
                        + Units.grouped(zeros) + " of " + Units.grouped(weights(inflow.table())) + " weights are 0");
                }
            }
        }
        return warnings;
    }

    private static void addChannels(final List<String> warnings, final String name, final Projection projection) {
        final int channels = projection.output().channels();
        int driven = 0;
        int dead = 0;
        for (int c = 0; c < channels; c++) {
            final float bias = projection.bias() == null ? 0.0f : projection.bias()[c];
            final boolean self = UpdateMeter.drivesItself(projection.neuron(), bias);
            driven += self ? 1 : 0;
            dead += !self && isUnreached(projection, c) ? 1 : 0;
        }
        if (driven > 0) {
            warnings.add(name + ": " + driven + " of " + channels + " channels fire by their bias alone");
        }
        if (dead > 0) {
            warnings.add(name + ": " + dead + " of " + channels + " channels never fire: no weight, and no bias that"
                + " could make them");
        }
    }

    /** True where no weight but 0 leads to a channel. */
    private static boolean isUnreached(final Projection projection, final int channel) {
        for (final Inflow inflow : projection.inflows()) {
            if (!(inflow.table() instanceof ConvolutionTable table)) {
                return false;
            }
            final int lane = channel % table.outGroup();
            final int firstSource = channel / table.outGroup() * table.inGroup();
            final int sources = table.weightArray().length / table.lanes();
            for (int source = 0; source < sources; source++) {
                final int inChannel = source % table.input().channels();
                if (inChannel >= firstSource && inChannel < firstSource + table.inGroup()
                    && table.weightArray()[source * table.lanes() + lane] != 0.0f) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long zeros(final SynapseTable table) {
        long zeros = 0;
        switch (table) {
            case ConvolutionTable convolution -> {
                for (int i = 0; i < convolution.weightArray().length; i++) {
                    zeros += i % convolution.lanes() < convolution.outGroup()
                        && convolution.weightArray()[i] == 0.0f ? 1 : 0;
                }
            }
            case CsrTable csr -> {
                for (final float weight : csr.weight()) {
                    zeros += weight == 0.0f ? 1 : 0;
                }
            }
        }
        return zeros;
    }

    private static long weights(final SynapseTable table) {
        return table.weights();
    }
}
