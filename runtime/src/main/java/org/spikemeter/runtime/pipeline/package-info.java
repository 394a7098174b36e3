/**
 * A network on a stream that does not end: sources fill batches, a Disruptor ring takes them through binning, the
 * simulator, the readout and the sinks, each a thread of its own.
 *
 * <p>Batches are made once and go round: in steady state nothing is allocated for an event, a batch or a step.
 */
package org.spikemeter.runtime.pipeline;
