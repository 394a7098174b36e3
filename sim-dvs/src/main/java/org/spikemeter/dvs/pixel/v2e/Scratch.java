package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.event.EventOrder;

/** What one thread needs for itself: a block of pixels in the first-level cache, and its events. */
final class Scratch {
    /** Pixels that go through all of a frame's steps together. */
    static final int BLOCK = 1024;

    final float[] numbers = new float[BLOCK];
    final float[] responses = new float[BLOCK];
    final int[] bits = new int[BLOCK];
    final EventOrder events = new EventOrder();
    /** Largest number of crossings of its pixels in this frame. */
    int crossings;
}
