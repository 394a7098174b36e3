/** Where a pipeline's batches come from: clips, recordings, datagrams. Each source is used by one thread. */
package org.spikemeter.runtime.source;
