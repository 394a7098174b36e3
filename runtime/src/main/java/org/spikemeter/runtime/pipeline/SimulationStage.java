package org.spikemeter.runtime.pipeline;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/** Runs the network over the steps of a batch. */
final class SimulationStage extends Stage {
    static final String NAME = "simulation";

    private final Simulator simulator;
    private final Gate gate;
    private final String lastLayer;
    private final OperationCounts counts;
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
                step(batch, steps.arrivalNanos(entry));
            }
        }
        batch.setTotalSteps(totalSteps);
    }

    private void step(final PipelineBatch batch, final long arrivalNanos) {
        jfr.begin();
        simulator.step(input);
        simulator.spikes(lastLayer, output);
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
