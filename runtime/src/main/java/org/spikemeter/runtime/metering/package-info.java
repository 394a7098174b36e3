/** Latencies and rates of a pipeline: histograms that are recorded by one thread and read by another. */
package org.spikemeter.runtime.metering;
