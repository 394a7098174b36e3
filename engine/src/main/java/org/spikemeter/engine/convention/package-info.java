/**
 * Counting conventions: how the paper, NeuroBench, syops-counter, sinabs, SpikingJelly and Lemaire's model count what
 * one and the same run did. Each is a pure function of the run's {@link org.spikemeter.engine.log.EventLog}. A
 * {@link org.spikemeter.engine.convention.Replay} walks through the log layer by layer, as a framework's hooks would
 * see the calls of each layer; a {@link org.spikemeter.engine.convention.Convention} turns each call into counts, and
 * says term by term why they differ from the operations that were executed.
 */
package org.spikemeter.engine.convention;
