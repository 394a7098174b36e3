package org.spikemeter.engine.kernel;

import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * The ranges of events under one window, top to bottom and left to right: one for each row of the window, or one for
 * each tap where the window is dilated along x. A range's events have consecutive places; the weights of the event with
 * key {@code k} are those of index {@code weightBase + k}.
 *
 * <p>Scratch of one thread, made large enough for one table. A row of target pixels is opened first, then each of its
 * pixels is located.
 */
public final class WindowRanges {
    final int[] from;
    final int[] to;
    final int[] weightBase;
    int count;

    private final Window window;
    private final int channels;
    private final int width;
    private final int segments;
    private final int span;
    /** Of each source row that exists: place of its first pixel in the index, and weights of its first source. */
    private final int[] rowIndex;
    private final int[] rowWeight;
    private int rows;

    /**
     * Room for the windows of {@code table}.
     */
    public WindowRanges(final ConvolutionTable table) {
        this.window = table.window();
        this.channels = table.input().channels();
        this.width = table.input().width();
        final boolean joined = window.dilationX() == 1;
        this.segments = joined ? 1 : window.kernelX();
        this.span = joined ? window.kernelX() : 1;
        rowIndex = new int[window.kernelY()];
        rowWeight = new int[rowIndex.length];
        from = new int[rowIndex.length * segments];
        to = new int[from.length];
        weightBase = new int[from.length];
    }

    /** Opens row {@code y} of target pixels. */
    void open(final ConvolutionTable table, final int y) {
        rows = 0;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY >= 0 && sourceY < table.input().height()) {
                rowIndex[rows] = sourceY * (width + 1);
                rowWeight[rows] = ky * window.kernelX() * channels;
                rows++;
            }
        }
    }

    /** Finds the events under the window of target pixel {@code x}; leaves empty ranges out. */
    void locate(final int[] pixelStart, final int x) {
        count = 0;
        final int left = x * window.strideX() - window.paddingX();
        for (int row = 0; row < rows; row++) {
            for (int segment = 0; segment < segments; segment++) {
                final int first = left + segment * window.dilationX();
                final int fromX = Math.max(first, 0);
                final int toX = Math.min(first + span, width);
                if (fromX >= toX) {
                    continue;
                }
                final int start = pixelStart[rowIndex[row] + fromX];
                final int end = pixelStart[rowIndex[row] + toX];
                from[count] = start;
                to[count] = end;
                weightBase[count] = rowWeight[row] + (segment - first) * channels;
                count += start < end ? 1 : 0;
            }
        }
    }
}
