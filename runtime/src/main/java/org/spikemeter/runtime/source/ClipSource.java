package org.spikemeter.runtime.source;

import java.io.IOException;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;

/**
 * Clips that are steps already, such as video through the paper's sensor: one after the other, a batch a step, each
 * clip with the network anew.
 */
public final class ClipSource implements PipelineSource {
    private final List<Clip> clips;
    private final double stepMicros;
    private final Pace pace;
    private volatile boolean closed;

    /** A clip that can be opened. */
    @FunctionalInterface
    public interface Clip {
        /** Opens it; closed by the source. */
        StepSource open() throws IOException;
    }

    /**
     * Nothing opened yet.
     *
     * @param clips in the order in which they are played
     * @param stepMicros recorded time from step to step
     * @param pace when steps are due
     */
    public ClipSource(final List<Clip> clips, final double stepMicros, final Pace pace) {
        this.clips = List.copyOf(clips);
        this.stepMicros = stepMicros;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "clips";
    }

    @Override
    public void run(final Intake intake) throws IOException, InterruptedException {
        for (final Clip clip : clips) {
            try (StepSource source = clip.open()) {
                pace.restart();
                play(source, intake);
            }
            if (closed) {
                return;
            }
        }
    }

    /** Each step is read before the one before is handed over, so that the last one is known as such. */
    private void play(final StepSource source, final Intake intake) throws IOException, InterruptedException {
        StepEvents present = new StepEvents(source.shape());
        StepEvents next = new StepEvents(source.shape());
        boolean more = source.next(present);
        for (long step = 0; more && !closed; step++) {
            more = source.next(next);
            final long micros = Math.round(step * stepMicros);
            final long due = pace.await(micros);
            final InputBatch batch = intake.claim();
            if (batch == null) {
                return;
            }
            batch.steps().add(present, due);
            batch.setArrivalNanos(due);
            batch.setUntilMicros(micros);
            batch.setStartsClip(step == 0);
            batch.setEndsClip(!more);
            intake.accept(batch);
            final StepEvents swap = present;
            present = next;
            next = swap;
        }
    }

    @Override
    public void close() {
        closed = true;
        pace.close();
    }
}
