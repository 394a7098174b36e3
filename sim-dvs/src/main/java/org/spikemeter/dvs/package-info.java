/**
 * Simulated dynamic vision sensors: from frames to address events.
 */
package org.spikemeter.dvs;
