/**
 * What a live run shows and what may be changed while it runs: the contract between the pipeline, which implements
 * {@link org.spikemeter.runtime.live.LiveFeed} and {@link org.spikemeter.runtime.live.LiveControls}, and the page,
 * which is served by {@link org.spikemeter.runtime.live.server}.
 *
 * <p>Threads: one thread samples the feed, at most {@link org.spikemeter.runtime.live.LiveFeed#SAMPLES_PER_SECOND}
 * times a second, into frames that it allocates early.
 */
package org.spikemeter.runtime.live;
