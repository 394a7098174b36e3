/** From output spikes to a label. */
package org.spikemeter.engine.readout;
