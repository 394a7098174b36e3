package org.spikemeter.runtime.metering;

import java.util.Optional;
import org.spikemeter.engine.energy.Interval;

/**
 * What happened in a length of time.
 *
 * @param seconds how long it was
 * @param work what was done in it
 * @param droppedEvents events that were given up in it
 * @param microwatts energy a second, in uW; empty where a price is missing
 */
public record Rates(double seconds, Work work, long droppedEvents, Optional<Interval> microwatts) {
    /** Events a second. */
    public double eventsASecond() {
        return work.events() / seconds;
    }

    /** Steps a second. */
    public double stepsASecond() {
        return work.steps() / seconds;
    }

    /** Spikes of all layers a second. */
    public double spikesASecond() {
        return work.spikes() / seconds;
    }

    /** ACC a second. */
    public double accumulatesASecond() {
        return work.accumulates() / seconds;
    }

    /** MAC a second. */
    public double multiplyAccumulatesASecond() {
        return work.multiplyAccumulates() / seconds;
    }
}
