/**
 * A pipeline with a page: what {@link org.spikemeter.runtime.live.server} shows of a
 * {@link org.spikemeter.runtime.pipeline.Pipeline}, and what it changes of it.
 *
 * <p>Threads: the pipeline's threads add up what happens, without waiting and without allocation; the one thread that
 * samples takes it over ({@link org.spikemeter.runtime.live.run.Exchange}).
 */
package org.spikemeter.runtime.live.run;
