package org.spikemeter.conformance;

import java.io.IOException;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** From a clip to a label, as a program: prints the label. {@link HeapTest} starts it in a small JVM. */
final class HeapProbe {
    private HeapProbe() {
    }

    public static void main(final String[] args) throws IOException {
        final Network network = ReferenceData.network("emotion-plif");
        final Votes votes = new Votes(network.voting().orElseThrow());
        try (DvsStepSource source = ReferenceData.clip("clip-9003.mp4");
            Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final StepEvents events = new StepEvents(source.shape());
            final StepEvents spikes = new StepEvents(network.output());
            while (source.next(events)) {
                simulator.step(events);
                simulator.spikes(network.layers().getLast().name(), spikes);
                votes.add(spikes);
            }
        }
        System.out.println(votes.winner());
    }
}
