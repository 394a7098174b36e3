package org.spikemeter.runtime.pipeline;

/** Makes clock steps of events that come in batches; keeps what belongs to a step that has not ended. */
public interface StepBinner {
    /**
     * Takes a batch of events.
     *
     * @param input the events, in the order in which they are to be taken; and what is promised of those to come
     * @param into steps that have ended with it are added
     */
    void bin(InputBatch input, StepList into);

    /** Ends the step that is under way, where it has an event: the clip ends. */
    void finish(StepList into);

    /** Forgets all: a new clip begins. */
    void reset();
}
