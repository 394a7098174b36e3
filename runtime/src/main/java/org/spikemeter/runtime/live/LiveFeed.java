package org.spikemeter.runtime.live;

/**
 * What a live run shows of itself.
 *
 * <p>The one thread that samples calls {@link #sample} up to {@link #SAMPLES_PER_SECOND} times a second. Neither side
 * waits for the other: the pipeline never for a sample, so what it shares with the sampler is published without locks,
 * and a frame may mix neighbouring steps; the sampler never for a step, so a paused pipeline answers as a running one
 * does. An implementation allocates next to nothing in {@code sample}, and does not fail: a pipeline that has failed
 * answers with {@link LiveState#FAILED} and {@link LiveFrame#failure}.
 */
public interface LiveFeed {
    /** How often the page is given something new to draw. */
    int SAMPLES_PER_SECOND = 25;

    /** What does not change during the run; always the same. */
    LiveDescription description();

    /**
     * Copies the present state. Whatever the frame held before is overwritten, so maps without events are cleared: it
     * may be another frame than the last time.
     *
     * @param frame made for {@link #description()}
     */
    void sample(LiveFrame frame);

    /**
     * Says whether anybody looks at what is sampled from now on. Where nobody does, maps need not hold all that came
     * since the sample before; those of one step are enough to begin with. Somebody does until this is called.
     */
    default void setWatched(final boolean watched) {
    }
}
