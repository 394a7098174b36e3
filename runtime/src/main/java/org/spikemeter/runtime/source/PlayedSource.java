package org.spikemeter.runtime.source;

import java.io.IOException;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;

/** What is played at a pace: one clip, or one after the other without end. */
abstract class PlayedSource implements PipelineSource {
    private final String name;
    private final Pace pace;
    private final boolean repeat;
    private volatile boolean closed;

    PlayedSource(final String name, final Pace pace, final boolean repeat) {
        this.name = name;
        this.pace = pace;
        this.repeat = repeat;
    }

    @Override
    public final String name() {
        return name;
    }

    final Pace pace() {
        return pace;
    }

    @Override
    public final void run(final Intake intake) throws IOException, InterruptedException {
        boolean more = true;
        while (more && !closed) {
            more = playClip(intake) && repeat;
        }
    }

    /** Opens the clip and plays it to its end; false where no more is taken. */
    abstract boolean playClip(Intake intake) throws IOException, InterruptedException;

    /** A batch to fill; null where no more is taken, or the source was closed. */
    final InputBatch claim(final Intake intake) throws InterruptedException {
        final InputBatch batch = intake.claim();
        if (batch != null && closed) {
            intake.release(batch);
            return null;
        }
        return batch;
    }

    @Override
    public final void close() {
        closed = true;
        pace.close();
    }
}
