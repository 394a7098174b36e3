package org.spikemeter.runtime.pipeline;

/** Makes steps of a batch's events; what comes as steps goes through. */
final class BinningStage extends Stage {
    static final String NAME = "binning";

    private final StepBinner binner;

    /** A stage for a binner, or null where all sources give steps. */
    BinningStage(final StepBinner binner, final Fault fault) {
        super(NAME, fault);
        this.binner = binner;
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) {
        final InputBatch input = batch.input();
        if (binner != null) {
            if (input.startsClip()) {
                binner.reset();
            }
            binner.bin(input, batch.steps());
            if (input.endsClip()) {
                binner.finish(batch.steps());
            }
        } else if (!input.events().isEmpty()) {
            throw new IllegalStateException(input.events().size() + " events, and no binner was given");
        }
        batch.takeInputSteps();
    }
}
