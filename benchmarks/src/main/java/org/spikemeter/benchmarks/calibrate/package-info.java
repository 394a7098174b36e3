/** Measures what kernels take, and fits the costs that the automatic choice of a strategy goes by. */
package org.spikemeter.benchmarks.calibrate;
