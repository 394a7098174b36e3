/**
 * Address events: the events of one clock step, where they come from, and how they travel through ring buffers as step
 * batches. Only the rings need a JVM flag.
 */
package org.spikemeter.engine.aer;
