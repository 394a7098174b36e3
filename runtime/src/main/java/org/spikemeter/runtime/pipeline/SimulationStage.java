package org.spikemeter.runtime.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.count.OperationTotals;
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
    /** What the simulator had counted before what is not yet in a batch. */
    private final OperationTotals counted;
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
        this.counted = new OperationTotals(counts.entries().size());
        this.input = new StepEvents(network.input());
        this.output = new StepEvents(network.outputOf(last));
    }

    /** The simulator that runs the steps. */
    Simulator simulator() {
        return simulator;
    }

    /** Number of projections that are counted. */
    int projections() {
        return counted.entries();
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

    private void takeReplacement(final PipelineBatch batch) {
        final Simulator next = replacement.get() == null ? null : replacement.getAndSet(null);
        if (next != null) {
            final Simulator before = simulator;
            batch.operations().addSince(counted, counts);
            simulator = next;
            counts = next.counts();
            counted.clear();
            before.close();
        }
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) {
        if (batch.input().startsClip()) {
            simulator.reset();
            counted.clear();
        }
        final StepList steps = batch.steps();
        for (int entry = 0; entry < steps.entries(); entry++) {
            steps.get(entry, input);
            for (int repeat = 0; repeat < steps.repeats(entry) && !fault().isSet(); repeat++) {
                leaveOut(gate.pass());
                takeReplacement(batch);
                step(batch, steps.arrivalNanos(entry));
            }
        }
        if (steps.entries() > 0) {
            batch.operations().addSince(counted, counts);
        }
        batch.setTotalSteps(totalSteps);
    }

    private void step(final PipelineBatch batch, final long arrivalNanos) {
        final Simulator present = simulator;
        jfr.begin();
        present.step(input);
        present.spikes(lastLayer, output);
        batch.outputs().add(output, arrivalNanos);
        if (jfr.isEnabled()) {
            jfr.end(totalSteps, input.size(), counts);
        }
        totalSteps++;
    }
}
