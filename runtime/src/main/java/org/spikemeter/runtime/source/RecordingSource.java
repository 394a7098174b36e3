package org.spikemeter.runtime.source;

import java.io.IOException;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;

/**
 * A recording, played at the speed at which it was recorded, or another one: one clip, or one after the other without
 * end. Latency is counted from when a slice of it was due, whether or not the pipeline was ready for it.
 */
public final class RecordingSource extends PlayedSource {
    private final Opener opener;

    /** A recording that can be opened, more than once. */
    @FunctionalInterface
    public interface Opener {
        /** Opens it; closed by the source. */
        EventReader open() throws IOException;
    }

    /**
     * Nothing opened yet.
     *
     * @param name what messages call it
     * @param pace may change its speed while it runs
     * @param repeat to begin anew at the end, as a clip of its own
     */
    public RecordingSource(final String name, final Opener opener, final Pace pace, final boolean repeat) {
        super(name, pace, repeat);
        this.opener = opener;
    }

    @Override
    boolean playClip(final Intake intake) throws IOException, InterruptedException {
        try (RecordingSlices slices = new RecordingSlices(opener.open(), pace(), RecordingSlices.DEFAULT_MICROS)) {
            if (!slices.hasMore()) {
                throw new FormatException(name() + ": found no event, expected at least one");
            }
            return play(slices, intake);
        }
    }

    /** Hands over one slice after the other; false where the pipeline takes no more. */
    private boolean play(final RecordingSlices slices, final Intake intake) throws IOException, InterruptedException {
        boolean isFirst = true;
        while (slices.await()) {
            final InputBatch batch = claim(intake);
            if (batch == null) {
                return false;
            }
            final boolean isLast = fill(batch, slices, intake);
            batch.setArrivalNanos(slices.dueNanos());
            batch.setStartsClip(isFirst);
            batch.setEndsClip(isLast);
            // behind the last event there are no steps
            batch.setUntilMicros(isLast ? InputBatch.UNKNOWN : slices.untilMicros());
            intake.accept(batch);
            isFirst = false;
        }
        return true;
    }

    private static boolean fill(final InputBatch batch, final RecordingSlices slices, final Intake intake)
        throws IOException {
        try {
            slices.take(batch.events());
            return !slices.hasMore();
        } catch (final IOException damaged) {
            intake.release(batch);
            throw damaged;
        }
    }
}
