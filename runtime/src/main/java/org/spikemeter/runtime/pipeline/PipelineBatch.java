package org.spikemeter.runtime.pipeline;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.engine.count.OperationTotals;

/**
 * One slot of the ring: what came in, and what each stage made of it. A stage writes its own fields and reads those of
 * stages before it; the ring's barriers make that safe. Sinks only read.
 */
public final class PipelineBatch {
    private final InputBatch input;
    private final StepList steps = new StepList();
    private final StepList outputs = new StepList();
    private final Decision decision;
    private long number;
    private boolean last;
    private volatile boolean abandoned;
    private long totalSteps;
    private final OperationTotals operations;

    PipelineBatch(final int eventCapacity, final int groups, final int projections) {
        this.input = new InputBatch(eventCapacity);
        this.decision = new Decision(groups);
        this.operations = new OperationTotals(projections);
    }

    /** Takes what a source handed over. */
    void begin(final long batchNumber, final InputBatch handedOver) {
        number = batchNumber;
        input.swap(handedOver);
        clearResults();
        last = false;
    }

    /** The batch behind which none comes. */
    void beginLast(final long batchNumber) {
        number = batchNumber;
        input.clear();
        input.setEndsClip(true);
        clearResults();
        last = true;
    }

    private void clearResults() {
        steps.clear();
        outputs.clear();
        abandoned = false;
        operations.clear();
    }

    /** Number of the batch, from 0. */
    public long number() {
        return number;
    }

    /** True for the batch behind which none comes; it has no events. */
    public boolean isLast() {
        return last;
    }

    /** True where a stage failed at it or before it, so that it was not processed. */
    public boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    /** What came in. */
    public InputBatch input() {
        return input;
    }

    /** The events that came in. */
    public EventBatch events() {
        return input.events();
    }

    /** The steps that ended with this batch. */
    public StepList steps() {
        return steps;
    }

    /** What the network emitted in these steps. */
    public StepList outputs() {
        return outputs;
    }

    /** What the readout says after these steps. */
    public Decision decision() {
        return decision;
    }

    /** Steps since the start of the pipeline, these included. */
    public long totalSteps() {
        return totalSteps;
    }

    /**
     * What these steps took, by projection of the network. Membrane changes of neurons that nothing happens to come
     * late, or not at all.
     */
    public OperationTotals operations() {
        return operations;
    }

    /** Steps that came in as such are steps that ended. */
    void takeInputSteps() {
        steps.addAll(input.steps());
    }

    void setTotalSteps(final long number) {
        totalSteps = number;
    }
}
