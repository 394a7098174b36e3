package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * The ranges of events under one window, top to bottom and left to right: one for each row of the window, or one for
 * each tap where the window is dilated along x. A range's events have consecutive places; the weights of the event with
 * key {@code k} are those of index {@code weightBase + k}.
 *
 * <p>Scratch of one thread, made large enough for one table.
 */
public final class WindowRanges {
    final int[] from;
    final int[] to;
    final int[] weightBase;
    int count;

    /**
     * Room for the windows of {@code table}.
     */
    public WindowRanges(final ConvolutionTable table) {
        final Window window = table.window();
        final int capacity = window.kernelY() * (window.dilationX() == 1 ? 1 : window.kernelX());
        from = new int[capacity];
        to = new int[capacity];
        weightBase = new int[capacity];
    }

    /** Finds the events under the window of the target pixel (y, x); leaves empty ranges out. */
    void locate(final ConvolutionTable table, final EventGrid events, final int y, final int x) {
        final Window window = table.window();
        final int channels = table.input().channels();
        final int height = table.input().height();
        final int width = table.input().width();
        final int[] pixelStart = events.pixelStart();
        final boolean joined = window.dilationX() == 1;
        final int segments = joined ? 1 : window.kernelX();
        final int span = joined ? window.kernelX() : 1;
        final int left = x * window.strideX() - window.paddingX();
        int ranges = 0;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY < 0 || sourceY >= height) {
                continue;
            }
            for (int segment = 0; segment < segments; segment++) {
                final int x0 = left + segment * window.dilationX();
                final int fromX = Math.max(x0, 0);
                final int toX = Math.min(x0 + span, width);
                if (fromX >= toX) {
                    continue;
                }
                final int first = pixelStart[sourceY * (width + 1) + fromX];
                final int end = pixelStart[sourceY * (width + 1) + toX];
                if (first < end) {
                    from[ranges] = first;
                    to[ranges] = end;
                    weightBase[ranges] = (ky * window.kernelX() + segment - x0) * channels;
                    ranges++;
                }
            }
        }
        count = ranges;
    }
}
