/**
 * The clock: a network compiled to projections, their state, and the step.
 *
 * <p>In one step, projections run in graph order and a spike reaches the next one in the same step. Rows of a
 * projection may be shared among threads, or projections pipelined over steps through rings; neither changes a bit. A
 * simulator is driven by one thread. After the first steps nothing is allocated.
 */
package org.spikemeter.engine.simulate;
