/**
 * Frames between the frames of a video, for sensors that see time finer than the video does.
 *
 * <p>Every source is used by one thread, streams its input once and holds a few frames.
 */
package org.spikemeter.dvs.frame.slomo;
