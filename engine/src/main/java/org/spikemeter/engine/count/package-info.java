/**
 * Operation counts of an event-driven machine, exact 64-bit integers a layer and a step, made from the events
 * themselves: they do not depend on kernel, strategy or number of threads. What each count means stands at
 * {@link org.spikemeter.engine.count.Operation}.
 */
package org.spikemeter.engine.count;
