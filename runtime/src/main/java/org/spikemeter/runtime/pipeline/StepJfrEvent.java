package org.spikemeter.runtime.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

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

    /** Ends what {@link #begin} began, and records it where somebody wants it. */
    void end(final long atStep, final int events, final long newSpikes, final long newAcc, final long newMac) {
        end();
        if (shouldCommit()) {
            step = atStep;
            inputEvents = events;
            spikes = newSpikes;
            acc = newAcc;
            mac = newMac;
            commit();
        }
    }
}
