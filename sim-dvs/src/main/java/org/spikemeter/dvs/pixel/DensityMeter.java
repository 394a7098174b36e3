package org.spikemeter.dvs.pixel;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/**
 * How dense events are, over the steps it is given: the part of the positions that have an event in a step, and the
 * part of the addresses (positions x channels) that have one. The two differ by up to the number of channels, and
 * published densities seldom say which they are.
 */
public final class DensityMeter {
    private final Shape shape;
    private long steps;
    private long positions;
    private long events;

    /**
     * @param shape the grid of the events
     */
    public DensityMeter(final Shape shape) {
        this.shape = shape;
    }

    /** Counts one step. */
    public void add(final StepEvents step) {
        final int size = step.size();
        int position = -1;
        for (int i = 0; i < size; i++) {
            final int next = step.address(i) / shape.channels();
            if (next != position) {
                positions++;
            }
            position = next;
        }
        events += size;
        steps++;
    }

    /** Forgets all steps. */
    public void clear() {
        steps = 0;
        positions = 0;
        events = 0;
    }

    /** Steps counted. */
    public long steps() {
        return steps;
    }

    /** Events counted. */
    public long events() {
        return events;
    }

    /** Positions with an event / positions, in [0, 1]; 0 where no step was counted. */
    public double positionDensity() {
        return steps == 0 ? 0.0 : (double) positions / ((double) steps * shape.pixels());
    }

    /** Events / addresses, in [0, 1]; 0 where no step was counted. */
    public double channelDensity() {
        return steps == 0 ? 0.0 : (double) events / ((double) steps * shape.size());
    }
}
