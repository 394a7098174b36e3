/**
 * A pipeline's latencies and rates while it runs: taken at intervals by a thread of its own, logged, and summed up at
 * the end.
 */
package org.spikemeter.runtime.metering;
