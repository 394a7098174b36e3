package org.spikemeter.runtime.audit;

import java.io.IOException;
import java.util.Optional;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.convention.Conventions;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.run.RunListener;

/** Runs clips and counts them in every way; keeps the first in full. */
public final class ClipAuditor {
    private final Network network;
    private final Simulator.Context context;
    private ClipRecording first;

    /**
     * @param network the network
     * @param context how to run it
     */
    public ClipAuditor(final Network network, final Simulator.Context context) {
        this.network = network;
        this.context = context;
    }

    /** The first clip in full. */
    public ClipRecording first() {
        return first;
    }

    /**
     * Runs a clip.
     *
     * @throws FormatException where it has no step
     * @throws IOException where it cannot be read
     */
    public AuditedClip audit(final String name, final Optional<String> expected, final StepSource source)
        throws IOException {
        final RunListener listener = new RunListener(network, true);
        final ClipRecording recording = new ClipRecording(listener.log());
        try (Simulator simulator = new Simulator(context.listener(listener))) {
            final StepEvents events = new StepEvents(source.shape());
            while (source.next(events)) {
                simulator.step(events);
                if (first == null && network.layers().getLast() instanceof Layer.Neurons neurons) {
                    final float[] potentials = new float[network.output().size()];
                    simulator.membrane(neurons.name(), potentials);
                    recording.potentials().add(potentials);
                }
            }
            if (simulator.steps() == 0) {
                throw new FormatException(name + ": found no frame, expected at least one");
            }
            if (first == null) {
                first = recording;
            }
            return new AuditedClip(name, expected, listener.vote().map(Vote::label), simulator.steps(),
                votes(listener.log()), simulator.counts(), Conventions.count(listener.log(), Conventions.all()));
        }
    }

    private double[][] votes(final EventLog log) {
        final int last = network.layers().size() - 1;
        if (network.voting().isEmpty() || !log.has(last)) {
            return new double[0][];
        }
        final Voting voting = network.voting().get();
        final double[][] votes = new double[log.steps()][voting.groups().size()];
        for (int step = 0; step < votes.length; step++) {
            for (int g = 0; g < votes[step].length; g++) {
                final Voting.Group group = voting.groups().get(g);
                for (int neuron = group.from(); neuron < group.to(); neuron++) {
                    votes[step][g] += log.fired(last, step, neuron) ? 1.0 / (group.to() - group.from()) : 0.0;
                }
            }
        }
        return votes;
    }
}
