/**
 * Simulated sensors: from frames to address events, one clock step a frame for networks, or with times; the models of
 * others have packages of their own.
 *
 * <p>Used by one thread; nothing is allocated per step once the event lists have grown.
 */
package org.spikemeter.dvs.pixel;
