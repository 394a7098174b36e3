package org.spikemeter.runtime.source;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.runtime.pipeline.InputBatch;

/**
 * A recording in slices of its time, each given when it is over at the speed of a {@link Pace}; as fast as possible, in
 * the reader's own batches. A slice is a certain time, or as much as passes meanwhile where the recording is played
 * faster, so that there are never more slices a second than at recorded speed.
 *
 * <p>An event that is earlier than the slice under way goes into it. Where time leaps, by more than
 * {@value #MAX_BACK_MICROS} microseconds back or {@value #MAX_GAP_MICROS} forward, the next slice begins there, at
 * once. Times are compared by their differences, which keeps slices coming whatever a damaged file holds.
 *
 * <pre>{@code
 * while (slices.await()) {
 *     slices.take(batch);
 * }
 * }</pre>
 */
final class RecordingSlices implements AutoCloseable {
    /** Time of a slice at recorded speed. */
    static final long DEFAULT_MICROS = 1000;

    private static final long MAX_BACK_MICROS = 1_000_000;
    private static final long MAX_GAP_MICROS = 3_600_000_000L;

    private final EventReader reader;
    private final Pace pace;
    private final long micros;
    private final EventBatch present = new EventBatch();
    private int at;
    private boolean hasBegin;
    private long beginMicros;
    /** Where time last leapt: the pace is told times from there. */
    private long originMicros;
    private boolean isPaced;
    private long endMicros;
    private long dueNanos;

    /**
     * Nothing read yet.
     *
     * @param reader closed with this
     * @param micros time of a slice at recorded speed, at least 1
     */
    RecordingSlices(final EventReader reader, final Pace pace, final long micros) {
        this.reader = reader;
        this.pace = pace;
        this.micros = micros;
    }

    /**
     * Waits until the next slice is over.
     *
     * @return false where the recording has no more events
     */
    boolean await() throws IOException, InterruptedException {
        if (!hasMore()) {
            return false;
        }
        final double speed = pace.speed();
        isPaced = speed != Pace.UNPACED;
        if (!isPaced) {
            hasBegin = false;
            dueNanos = System.nanoTime();
            return true;
        }
        begin(present.micros(at));
        endMicros = beginMicros + (long) Math.max(micros, Math.min(MAX_GAP_MICROS, micros * speed));
        dueNanos = pace.await(endMicros - originMicros);
        return true;
    }

    /** The slice begins where the one before ended, unless there is none or the next event is far from there. */
    private void begin(final long next) throws InterruptedException {
        final long ahead = next - beginMicros;
        if (!hasBegin || ahead < -MAX_BACK_MICROS || ahead > MAX_GAP_MICROS) {
            hasBegin = true;
            beginMicros = next;
            originMicros = next;
            pace.restart();
            pace.await(0);
        }
    }

    /** Adds the events of the slice; there may be none. */
    void take(final EventBatch into) throws IOException {
        if (!isPaced) {
            add(present.size(), into);
            return;
        }
        final long end = endMicros;
        final long earliest = beginMicros - MAX_BACK_MICROS;
        boolean isOver = false;
        while (!isOver && hasMore()) {
            final long[] times = present.microsArray();
            final int size = present.size();
            int to = at;
            while (to < size && times[to] - end < 0 && times[to] - earliest >= 0) {
                to++;
            }
            isOver = to < size;
            add(to, into);
        }
        beginMicros = end;
    }

    private void add(final int to, final EventBatch into) {
        into.ensureCapacity(into.size() + to - at);
        System.arraycopy(present.microsArray(), at, into.microsArray(), into.size(), to - at);
        System.arraycopy(present.wordArray(), at, into.wordArray(), into.size(), to - at);
        into.setSize(into.size() + to - at);
        at = to;
    }

    /** True where a further event is there, after a look. */
    boolean hasMore() throws IOException {
        if (at == present.size()) {
            at = 0;
            return reader.read(present);
        }
        return true;
    }

    /** When the slice was due, of {@link System#nanoTime}. */
    long dueNanos() {
        return dueNanos;
    }

    /** When the slice ends, in the recording's time; {@link InputBatch#UNKNOWN} where it has no end of its own. */
    long untilMicros() {
        return isPaced ? endMicros : InputBatch.UNKNOWN;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
