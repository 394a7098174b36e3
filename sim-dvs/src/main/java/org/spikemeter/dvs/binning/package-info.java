/**
 * From events with times to the clock steps of a network: which events make a step, where they lie on the network's
 * input, and what several of one place become.
 *
 * <p>Used by one thread; nothing is allocated per event, nor per step once the lists have grown.
 */
package org.spikemeter.dvs.binning;
