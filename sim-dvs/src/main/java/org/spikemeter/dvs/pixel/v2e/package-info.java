/**
 * The pixel of v2e (Hu, Liu and Delbruck 2021, <i>v2e: From Video Frames to Realistic DVS Events</i>): logarithmic
 * photoreceptor of limited bandwidth, thresholds with mismatch, leak, shot noise, refractory period. The equations
 * stand at each class; {@code docs/sensors.md} says what agrees with v2e and what does not.
 *
 * <p>A sensor is used by one thread; it may share its rows among a team of its own. Nothing is allocated per frame once
 * lists have grown.
 */
package org.spikemeter.dvs.pixel.v2e;
