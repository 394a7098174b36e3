/**
 * Pixel models: from frames to the address events of a simulated sensor, one clock step a frame.
 *
 * <p>Used by one thread; nothing is allocated per step once the event lists have grown.
 */
package org.spikemeter.dvs.pixel;
