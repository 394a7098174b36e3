/**
 * Address events: the events of one clock step, where they come from, and how they travel through ring buffers.
 */
package org.spikemeter.engine.aer;
