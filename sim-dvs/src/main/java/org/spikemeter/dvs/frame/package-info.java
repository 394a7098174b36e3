/**
 * Where frames come from: video through FFmpeg, folders of images, arrays; and their resizing. A frame is grey, float32
 * in [0, 1], row-major [height][width].
 *
 * <p>Every source is used by one thread, streams its input once and holds one frame at a time.
 */
package org.spikemeter.dvs.frame;
