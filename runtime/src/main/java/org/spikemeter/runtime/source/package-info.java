/**
 * Where a pipeline's batches come from: clips, recordings, datagrams, pipes, video. Each source is run by one thread,
 * and closed by any.
 */
package org.spikemeter.runtime.source;
