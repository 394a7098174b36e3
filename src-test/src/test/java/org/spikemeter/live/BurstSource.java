package org.spikemeter.live;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.PipelineSource;

/**
 * Random events as fast as they are taken, in batches of any size, in bursts with pauses between. Counts what it hands
 * over by itself. Allocates nothing.
 */
final class BurstSource implements PipelineSource {
    /** Most events that a batch has. */
    static final int MAX_EVENTS = 8192;

    private static final int MAX_BURST = 64;

    private final String name;
    private final SplittableRandom random;
    private final int[] words = new int[2 * MAX_EVENTS];
    private final long total;
    private final int eventsAMicro;
    private final long pauseNanos;
    private long micros;
    private volatile long given;
    private volatile boolean closed;

    /**
     * A source of a seed.
     *
     * @param total events, or a few more: none is handed over once there are so many
     * @param eventsAMicro how dense they are in recorded time
     * @param pauseNanos between bursts, 0 for none
     */
    BurstSource(
        final String name, final long seed, final long total, final int eventsAMicro, final long pauseNanos) {
        this.name = name;
        this.random = new SplittableRandom(seed);
        this.total = total;
        this.eventsAMicro = eventsAMicro;
        this.pauseNanos = pauseNanos;
        for (int i = 0; i < words.length; i++) {
            words[i] = EventWord.of(random.nextInt(Streams.SIDE), random.nextInt(Streams.SIDE), random.nextInt(2));
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Events handed over. */
    long given() {
        return given;
    }

    @Override
    public void run(final Intake intake) throws InterruptedException {
        int burst = 1;
        while (given < total && !closed) {
            final InputBatch batch = intake.claim();
            if (batch == null) {
                return;
            }
            fill(batch.events());
            batch.setArrivalNanos(System.nanoTime());
            batch.setUntilMicros(micros);
            given = given + batch.events().size();
            intake.accept(batch);
            burst--;
            if (burst == 0) {
                burst = 1 + random.nextInt(MAX_BURST);
                if (pauseNanos > 0) {
                    LockSupport.parkNanos(pauseNanos);
                }
            }
        }
    }

    private void fill(final EventBatch events) {
        final int size = 1 + random.nextInt(MAX_EVENTS);
        events.ensureCapacity(size);
        System.arraycopy(words, random.nextInt(MAX_EVENTS), events.wordArray(), 0, size);
        final long[] times = events.microsArray();
        for (int i = 0; i < size; i++) {
            times[i] = micros + i / eventsAMicro;
        }
        micros += size / eventsAMicro + 1;
        events.setSize(size);
    }

    @Override
    public void close() {
        closed = true;
    }
}
