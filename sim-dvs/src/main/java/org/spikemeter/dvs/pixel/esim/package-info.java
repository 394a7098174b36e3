/**
 * The pixel of ESIM (Rebecq, Gehrig and Scaramuzza 2018, <i>ESIM: an Open Event Camera Simulator</i>): logarithmic
 * brightness on straight lines between frames, and an event wherever it crosses a threshold.
 *
 * <p>Used by one thread; nothing is allocated per frame once lists have grown.
 */
package org.spikemeter.dvs.pixel.esim;
