package org.spikemeter.runtime.pipeline;

import org.spikemeter.dvs.binning.StepReceiver;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.engine.aer.StepEvents;

/** Makes steps of a batch's events; what comes as steps goes through. */
final class BinningStage extends Stage implements StepReceiver {
    static final String NAME = "binning";

    private final StreamBinner binner;
    private StepList into;

    /** A stage for a binner, or null where all sources give steps. */
    BinningStage(final StreamBinner binner, final Fault fault) {
        super(NAME, fault);
        this.binner = binner;
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) {
        final InputBatch input = batch.input();
        into = batch.steps();
        if (binner != null) {
            bin(input);
        } else if (!input.events().isEmpty()) {
            throw new IllegalStateException(input.events().size() + " events, and no binner was given");
        }
        batch.takeInputSteps();
    }

    private void bin(final InputBatch input) {
        if (input.startsClip()) {
            binner.reset();
        } else if (input.isBehindDropped()) {
            // steps of silence for what was dropped would put a network that is behind further behind
            binner.skip(this);
        }
        binner.add(input.events(), input.arrivalNanos(), this);
        if (input.untilMicros() != InputBatch.UNKNOWN) {
            binner.advance(input.untilMicros(), this);
        }
        if (input.endsClip()) {
            binner.finish(this);
        }
    }

    @Override
    public void onStep(final StepEvents step, final long arrivalNanos) {
        into.add(step, arrivalNanos);
    }

    @Override
    public void onSilence(final long steps) {
        into.addSilence(steps);
    }
}
