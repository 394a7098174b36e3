/** What the benchmarks are held against, and the reference data that they run on. Driven by one thread. */
package org.spikemeter.benchmarks.baseline;
