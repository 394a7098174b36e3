package org.spikemeter.runtime.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/** Runs the network over the steps of a batch. */
final class SimulationStage extends Stage {
    static final String NAME = "simulation";

    private final Gate gate;
    private final String lastLayer;
    private final AtomicReference<Simulator> replacement = new AtomicReference<>();
    private volatile Simulator simulator;
    private OperationCounts counts;
    private final StepEvents input;
    private final StepEvents output;
    private final StepJfrEvent jfr = new StepJfrEvent();
    private long totalSteps;

    SimulationStage(final Simulator simulator, final Gate gate, final Fault fault) {
        super(NAME, fault);
        final Network network = simulator.network();
        final int last = network.layers().size() - 1;
        this.simulator = simulator;
        this.gate = gate;
        this.lastLayer = network.layers().get(last).name();
        this.counts = simulator.counts();
        this.input = new StepEvents(network.input());
        this.output = new StepEvents(network.outputOf(last));
    }

    /** The simulator that runs the steps. */
    Simulator simulator() {
        return simulator;
    }

    /** The next step is run by this simulator, which starts anew, and the present one is closed. */
    void replace(final Simulator next) {
        discard(replacement.getAndSet(next));
    }

    /** Closes the simulator, when no step is run any more. */
    void close() {
        discard(replacement.getAndSet(null));
        simulator.close();
    }

    private static void discard(final Simulator unused) {
        if (unused != null) {
            unused.close();
        }
    }

    private void takeReplacement() {
        final Simulator next = replacement.get() == null ? null : replacement.getAndSet(null);
        if (next != null) {
            final Simulator before = simulator;
            simulator = next;
            counts = next.counts();
            before.close();
        }
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) throws InterruptedException {
        if (batch.input().startsClip()) {
            simulator.reset();
        }
        final StepList steps = batch.steps();
        for (int entry = 0; entry < steps.entries(); entry++) {
            steps.get(entry, input);
            for (int repeat = 0; repeat < steps.repeats(entry) && !fault().isSet(); repeat++) {
                gate.pass();
                takeReplacement();
                step(batch, steps.arrivalNanos(entry));
            }
        }
        batch.setTotalSteps(totalSteps);
    }

    private void step(final PipelineBatch batch, final long arrivalNanos) {
        final Simulator present = simulator;
        jfr.begin();
        present.step(input);
        present.spikes(lastLayer, output);
        batch.outputs().add(output, arrivalNanos);
        final int last = counts.steps() - 1;
        long spikes = 0;
        long acc = 0;
        long mac = 0;
        for (int i = 0; i < counts.entries().size(); i++) {
            final OperationCounts.Entry entry = counts.entries().get(i);
            spikes += entry.counts().get(Operation.SPIKES, last);
            acc += entry.counts().get(Operation.SYNAPTIC_ACCUMULATES, last);
            mac += entry.counts().get(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, last);
        }
        batch.addOperations(spikes, acc, mac);
        jfr.end(totalSteps, input.size(), spikes, acc, mac);
        totalSteps++;
    }
}
