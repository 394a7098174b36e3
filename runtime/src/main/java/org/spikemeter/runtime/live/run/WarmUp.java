package org.spikemeter.runtime.live.run;

import java.util.SplittableRandom;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * Shows a network to the just-in-time compiler before a stream begins: else the first seconds of the stream would
 * have to wait for it.
 */
public final class WarmUp {
    private static final int MAX_STEPS = 200;
    private static final int CLIP_STEPS = 20;
    private static final int EVENT_EVERY = 10;

    private WarmUp() {
    }

    /**
     * Steps a simulator of its own on random events, like clips with a float first frame.
     *
     * @param context how the network will be run; its network is set here
     * @param nanos how long at most, to the end of a step
     */
    public static void run(final Network network, final Simulator.Context context, final long nanos) {
        final SplittableRandom random = new SplittableRandom(1);
        final StepEvents events = new StepEvents(network.input());
        final long start = System.nanoTime();
        try (Simulator simulator = new Simulator(context.network(network).countedSteps(1))) {
            for (int step = 0; step < MAX_STEPS && System.nanoTime() - start < nanos; step++) {
                final boolean isFirst = step % CLIP_STEPS == 0;
                if (isFirst) {
                    simulator.reset();
                }
                events.clear();
                for (int address = 0; address < network.input().size(); address++) {
                    if (isFirst) {
                        events.add(address, (float) random.nextDouble());
                    } else if (random.nextInt(EVENT_EVERY) == 0) {
                        events.add(address);
                    }
                }
                simulator.step(events);
            }
        }
    }
}
