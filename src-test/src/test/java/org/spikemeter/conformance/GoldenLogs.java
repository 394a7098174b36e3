package org.spikemeter.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.log.PackedSpikes;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.reference.ReferenceData;

/** Event logs of the spikes that PyTorch gave. */
final class GoldenLogs {
    private GoldenLogs() {
    }

    /** Clip 9001 or 9002 on a network of the paper's topology. */
    static EventLog clip(final String network, final String clip) throws IOException {
        final EventLog log = new EventLog(ReferenceData.network(network));
        ReferenceData.steps(clip + ".mkv").forEach(log::addInput);
        try (ArrayStore golden = ArrayStore.open(ReferenceData.path(network + "/golden/" + clip + "-spikes.npz"))) {
            final List<String> names = new ArrayList<>(golden.names());
            int next = 0;
            for (int layer = 0; layer < log.network().layers().size(); layer++) {
                if (log.has(layer)) {
                    final byte[] packed = golden.get(names.get(next)).toBytes();
                    final Shape shape = log.network().outputOf(layer);
                    final long row = PackedSpikes.rowBytes(shape);
                    add(log, layer, (step, index) -> PackedSpikes.get(packed, step * row, index));
                    next++;
                }
            }
        }
        return log;
    }

    static EventLog awkward() throws IOException {
        final Network network = ReferenceData.network("awkward-net");
        final EventLog log = new EventLog(network);
        try (ArrayStepSource source = ArrayStepSource.open(
            ReferenceData.path("awkward-net/input.npz"), network.input(), Integer.MAX_VALUE)) {
            ListStepSource.drain(source).forEach(log::addInput);
        }
        try (ArrayStore golden = ArrayStore.open(ReferenceData.path("awkward-net/spikes.npz"))) {
            for (int layer = 0; layer < network.layers().size(); layer++) {
                if (log.has(layer)) {
                    final float[] all = golden.get(network.layers().get(layer).name()).toFloats();
                    final int size = network.outputOf(layer).size();
                    add(log, layer, (step, index) -> all[step * size + index] != 0.0f);
                }
            }
        }
        return log;
    }

    /** Whether a neuron fired, by its index in PyTorch's order. */
    @FunctionalInterface
    private interface Fired {
        boolean at(int step, int index);
    }

    private static void add(final EventLog log, final int layer, final Fired fired) {
        final Shape shape = log.network().outputOf(layer);
        final StepEvents events = new StepEvents(shape);
        for (int step = 0; step < log.steps(); step++) {
            events.clear();
            for (int address = 0; address < shape.size(); address++) {
                if (fired.at(step, shape.channelFirstIndex(address))) {
                    events.add(address);
                }
            }
            log.add(layer, events);
        }
    }
}
