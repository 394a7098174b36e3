package org.spikemeter.benchmarks.latency;

import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.Pace;

/** Plays a stream for a number of steps, a batch a step, each when it is due. */
final class PacedSource implements PipelineSource {
    private final PacedStream stream;
    private final Pace pace;
    private final int batches;

    /**
     * Nothing played.
     *
     * @param pace as fast as possible, or at the stream's rate
     */
    PacedSource(final PacedStream stream, final Pace pace, final int batches) {
        this.stream = stream;
        this.pace = pace;
        this.batches = batches;
    }

    @Override
    public String name() {
        return stream.name();
    }

    @Override
    public void run(final Intake intake) throws InterruptedException {
        final int loop = stream.steps().size();
        for (int number = 0; number < batches; number++) {
            final long micros = Math.round(number * stream.stepMicros());
            final long due = pace.await(micros);
            final InputBatch batch = intake.claim();
            if (batch == null) {
                return;
            }
            final StepEvents step = stream.steps().get(number % loop);
            if (stream.events()) {
                addEvents(step, micros, batch);
            } else {
                batch.steps().add(step, due);
            }
            batch.setArrivalNanos(due);
            // the step ends now: the decision need not wait for the next batch
            batch.setUntilMicros(Math.round((number + 1) * stream.stepMicros()));
            batch.setStartsClip(stream.startsAnew() && number % loop == 0);
            intake.accept(batch);
        }
    }

    private static void addEvents(final StepEvents step, final long micros, final InputBatch batch) {
        final int width = step.shape().width();
        final int channels = step.shape().channels();
        for (int i = 0; i < step.size(); i++) {
            final int address = step.address(i);
            final int pixel = address / channels;
            // ON is channel 0
            batch.events().add(micros, EventWord.of(pixel % width, pixel / width, 1 - address % channels));
        }
    }

    @Override
    public void close() {
        pace.close();
    }
}
