package org.spikemeter.engine.convention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.NetworkCompiler;
import org.spikemeter.engine.simulate.Projection;

/**
 * Walks through a log: every call of every layer, step by step, in the network's order. Neurons fire as they fired in
 * the log; everything else (pooled values, sums, potentials) is computed again from that.
 */
public final class Replay {
    private final EventLog log;
    private final List<ReplayStage> stages = new ArrayList<>();

    /** Prepares a walk. */
    public Replay(final EventLog log) {
        this.log = log;
        final Network network = log.network();
        requireKnown(network);
        boolean valued = true;
        int first = 0;
        for (final Projection projection : NetworkCompiler.compile(network)) {
            stages.add(new ReplayStage(log, projection, first, valued));
            valued = projection.neuron() == null;
            first = projection.outputLayer() + 1;
        }
    }

    private static void requireKnown(final Network network) {
        if (!network.isChain()) {
            throw new IllegalArgumentException("conventions count chains of layers; network '" + network.name()
                + "' has branches or delays");
        }
        for (final Layer layer : network.layers()) {
            if (layer.merges() && !(layer instanceof Layer.Neurons) || layer instanceof Layer.Scale) {
                throw new IllegalArgumentException("conventions count IF, LIF and PLIF neurons with the parameters of"
                    + " a layer; '" + layer.name() + "' is something else");
            }
            if (layer instanceof Layer.Sparse sparse && sparse.connections().hasDelays()) {
                throw new IllegalArgumentException("conventions count synapses without delays; '" + layer.name()
                    + "' has some with");
            }
        }
    }

    /** Hands out all calls. A call is valid until the next one. */
    public void forEach(final Consumer<LayerCall> calls) {
        final EventGrid input = new EventGrid(log.network().input(), true);
        final StepEvents events = new StepEvents(log.network().input());
        stages.forEach(ReplayStage::reset);
        for (int step = 0; step < log.steps(); step++) {
            log.input(step, events);
            input.load(events);
            EventGrid delivered = input;
            for (final ReplayStage stage : stages) {
                delivered = stage.step(step, delivered, calls);
            }
        }
    }
}
