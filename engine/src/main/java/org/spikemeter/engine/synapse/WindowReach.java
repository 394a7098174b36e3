package org.spikemeter.engine.synapse;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.network.Window;

/**
 * Which target pixels of a convolution have an event under their window, one bit a pixel: found from the bits of the
 * source pixels, a word of 64 at a time. Scratch of one thread.
 */
public final class WindowReach {
    private final ConvolutionTable table;
    private final int words;
    private final long[] sources;
    private final long[] reached;

    /**
     * Room for one row.
     */
    public WindowReach(final ConvolutionTable table) {
        this.table = table;
        this.words = PixelBits.words(table.output().width());
        this.sources = new long[PixelBits.words(table.input().width())];
        this.reached = new long[words];
    }

    /**
     * Finds the bits of target row {@code y}.
     *
     * @param events the events on the table's input grid
     * @return bit {@code x % 64} of word {@code x / 64} for target pixel x; live until the next call
     */
    public long[] row(final EventGrid events, final int y) {
        final Window window = table.window();
        long any = 0;
        Arrays.fill(sources, 0L);
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY >= 0 && sourceY < table.input().height()) {
                for (int word = 0; word < sources.length; word++) {
                    sources[word] |= events.occupied()[sourceY * sources.length + word];
                    any |= sources[word];
                }
            }
        }
        Arrays.fill(reached, 0L);
        if (any != 0) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                addTap(window.paddingX() - kx * window.dilationX(), window.strideX());
            }
        }
        return reached;
    }

    /** Adds the targets that see a source through one tap: those at (source + shift) / stride. */
    private void addTap(final int shift, final int stride) {
        final int width = table.output().width();
        if (stride == 1) {
            for (int word = 0; word < words; word++) {
                reached[word] |= sourcesFrom(word * Long.SIZE - shift);
            }
            if (width % Long.SIZE != 0) {
                reached[words - 1] &= (1L << width) - 1;
            }
            return;
        }
        for (int x = 0; x < width; x++) {
            final int source = x * stride - shift;
            if (source >= 0 && source < table.input().width()) {
                reached[x / Long.SIZE] |= (sources[source / Long.SIZE] >>> source & 1) << x;
            }
        }
    }

    /** The bits of 64 source pixels from {@code first} on, which may lie outside the row. */
    private long sourcesFrom(final int first) {
        final int word = Math.floorDiv(first, Long.SIZE);
        final int bit = Math.floorMod(first, Long.SIZE);
        final long low = word >= 0 && word < sources.length ? sources[word] >>> bit : 0;
        final long high = bit > 0 && word + 1 >= 0 && word + 1 < sources.length ? sources[word + 1] << -bit : 0;
        return low | high;
    }
}
