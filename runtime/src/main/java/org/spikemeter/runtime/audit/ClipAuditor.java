package org.spikemeter.runtime.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.convention.Conventions;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.run.FloatRun;
import org.spikemeter.runtime.run.RunListener;

/** Runs clips and counts them in every way. Clips may be audited by several threads at once. */
public final class ClipAuditor {
    private final Network network;
    private final Supplier<Simulator.Context> context;
    private final Quantisation quantisation;

    /**
     * @param network the network
     * @param context how to run it in floating point, anew each time
     * @param quantisation integers to run it in, with floating point beside; null for floating point alone
     */
    public ClipAuditor(
        final Network network, final Supplier<Simulator.Context> context, final Quantisation quantisation) {
        this.network = network;
        this.context = context;
        this.quantisation = quantisation;
    }

    /**
     * Runs a clip.
     *
     * @param full told the clip in full, before it is counted; null where nobody wants it
     * @throws FormatException where it has no step
     * @throws IOException where it cannot be read
     */
    public AuditedClip audit(
        final String name, final Optional<String> expected, final StepSource source,
        final Consumer<ClipRecording> full) throws IOException {
        final RunListener listener = new RunListener(network, true);
        final ClipRecording recording = new ClipRecording(listener.log());
        try (Simulator simulator = new Simulator(
            context.get().quantisation(quantisation).listener(listener))) {
            final List<StepEvents> kept = new ArrayList<>();
            StepEvents events = new StepEvents(source.shape());
            while (source.next(events)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException(name + ": given up");
                }
                simulator.step(events);
                if (full != null && network.layers().getLast() instanceof Layer.Neurons neurons) {
                    final float[] potentials = new float[network.output().size()];
                    simulator.membrane(neurons.name(), potentials);
                    recording.potentials().add(potentials);
                }
                if (quantisation != null) {
                    kept.add(events);
                    events = new StepEvents(source.shape());
                }
            }
            if (simulator.steps() == 0) {
                throw new FormatException(name + ": found no frame and no event, expected at least one");
            }
            if (full != null) {
                full.accept(recording);
            }
            return new AuditedClip(name, expected, listener.vote().map(Vote::label), simulator.steps(),
                votes(listener.log()), simulator.counts(), Conventions.count(listener.log(), Conventions.all()),
                Optional.empty(), quantisation == null ? Optional.empty() : Optional.of(
                    FloatRun.of(network, context.get(), quantisation, kept, listener.log())));
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
