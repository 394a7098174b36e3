package org.spikemeter.runtime.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;

/** One step of the network, for the flight recorder. One object, used again and again: recording copies it. */
@Name("org.spikemeter.Step")
@Label("Step of the network")
@Category("Spikemeter")
@StackTrace(false)
final class StepJfrEvent extends Event {
    @Label("Step")
    private long step;
    @Label("Input events")
    private int inputEvents;
    @Label("Spikes of all layers")
    private long spikes;
    @Label("Accumulates")
    private long acc;
    @Label("Multiply-accumulates")
    private long mac;

    /** Ends what {@link #begin} began, and records it, with the counts of the last step, where somebody wants it. */
    void end(final long atStep, final int events, final OperationCounts counts) {
        end();
        if (shouldCommit()) {
            step = atStep;
            inputEvents = events;
            spikes = ofLastStep(counts, Operation.SPIKES);
            acc = ofLastStep(counts, Operation.SYNAPTIC_ACCUMULATES);
            mac = ofLastStep(counts, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
            commit();
        }
    }

    private static long ofLastStep(final OperationCounts counts, final Operation operation) {
        long sum = 0;
        for (int i = 0; i < counts.entries().size(); i++) {
            sum += counts.entries().get(i).counts().get(operation, counts.steps() - 1);
        }
        return sum;
    }
}
