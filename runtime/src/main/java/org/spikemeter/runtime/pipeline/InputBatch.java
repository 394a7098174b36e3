package org.spikemeter.runtime.pipeline;

import org.spikemeter.dvs.event.EventBatch;

/**
 * What a source hands over at once: events that the pipeline is to bin, or steps that are binned already (frames
 * through the paper's sensor). Filled by one source thread between {@link Intake#claim} and {@link Intake#accept}, and
 * not touched by it after that.
 */
public final class InputBatch {
    /** No promise about the times of events to come. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private EventBatch events;
    private StepList steps = new StepList();
    private long arrivalNanos;
    private long untilMicros;
    private boolean startsClip;
    private boolean endsClip;
    private boolean behindDropped;

    InputBatch(final int eventCapacity) {
        events = new EventBatch(eventCapacity);
    }

    void clear() {
        events.clear();
        steps.clear();
        arrivalNanos = 0;
        untilMicros = UNKNOWN;
        startsClip = false;
        endsClip = false;
        behindDropped = false;
    }

    /** Trades contents with another batch. */
    void swap(final InputBatch other) {
        final EventBatch otherEvents = other.events;
        final StepList otherSteps = other.steps;
        other.events = events;
        other.steps = steps;
        events = otherEvents;
        steps = otherSteps;
        arrivalNanos = other.arrivalNanos;
        untilMicros = other.untilMicros;
        startsClip = other.startsClip;
        endsClip = other.endsClip;
        behindDropped = other.behindDropped;
    }

    /** Events to be binned, times in microseconds. */
    public EventBatch events() {
        return events;
    }

    /** Steps that are binned already. */
    public StepList steps() {
        return steps;
    }

    /** Events of both kinds. */
    public long size() {
        return (long) events.size() + steps.events();
    }

    /**
     * When it arrived, or, of a source with a schedule, when it should have: latency is counted from there, so that a
     * source that is held up by the pipeline does not hide that (what is called coordinated omission).
     *
     * @param nanos of {@link System#nanoTime}
     */
    public void setArrivalNanos(final long nanos) {
        arrivalNanos = nanos;
    }

    /** When it arrived, of {@link System#nanoTime}. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** Promises that no event before this time follows: steps up to there can end without waiting for one. */
    public void setUntilMicros(final long micros) {
        untilMicros = micros;
    }

    /** The promised time, or {@link #UNKNOWN}. */
    public long untilMicros() {
        return untilMicros;
    }

    /** Says that a new clip begins with this batch: the network starts anew. */
    public void setStartsClip(final boolean starts) {
        startsClip = starts;
    }

    /** True where the network starts anew. */
    public boolean startsClip() {
        return startsClip;
    }

    /**
     * Says that batches before this one were dropped.
     *
     * @param clipStarts whether the network starts anew with this batch
     */
    void setBehindDropped(final boolean clipStarts) {
        behindDropped = true;
        startsClip = clipStarts;
    }

    /** True where batches before this one were dropped: the time that they took is lost. */
    public boolean isBehindDropped() {
        return behindDropped;
    }

    /** Says that a clip ends with this batch: the step that is under way ends, and the label is final. */
    public void setEndsClip(final boolean ends) {
        endsClip = ends;
    }

    /** True where the label is final. */
    public boolean endsClip() {
        return endsClip;
    }
}
