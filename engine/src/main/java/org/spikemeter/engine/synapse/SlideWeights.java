package org.spikemeter.engine.synapse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.spikemeter.engine.network.Window;

/**
 * Weights of a convolution whose window slides pixel by pixel, turned so that all that one event needs lies together:
 * {@code [block][inChannels][tile][3][3][64 bytes]}. A block are the target channels of 64 bytes; a tile are
 * {@link #SIDE} x {@link #SIDE} taps of the window, which is filled up with zeros to whole tiles.
 *
 * <p>In native memory, because an array's elements cannot be aligned: a load of 64 bytes that crosses a cache line
 * takes twice as long. Immutable; freed when nothing refers to it.
 */
public final class SlideWeights {
    /** Taps along a side of a tile. */
    public static final int SIDE = 3;
    /** Bytes of the targets of a block: the widest vector, and a cache line. */
    public static final int BLOCK_BYTES = 64;
    /** Bytes of a tile of one source and block. */
    public static final int TILE_BYTES = SIDE * SIDE * BLOCK_BYTES;

    private final ConvolutionTable table;
    private final int blocks;
    private final int tilesY;
    private final int tilesX;
    private final MemorySegment weights;

    /** Writes one weight. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes the weight of a target to {@code place} bytes.
         *
         * @param row of the table: (tap, source channel)
         * @param target target channel
         */
        void write(MemorySegment into, long place, int row, int target);
    }

    /**
     * Turns weights around.
     *
     * @param table a convolution that {@link #slides}
     * @param elementBytes bytes of a weight: a power of two
     * @param writer what writes them
     */
    public SlideWeights(final ConvolutionTable table, final int elementBytes, final Writer writer) {
        final Window window = table.window();
        final int channels = table.input().channels();
        final int targets = table.output().channels();
        final int blockTargets = BLOCK_BYTES / elementBytes;
        this.table = table;
        this.blocks = Math.ceilDiv(targets, blockTargets);
        this.tilesY = Math.ceilDiv(window.kernelY(), SIDE);
        this.tilesX = Math.ceilDiv(window.kernelX(), SIDE);
        this.weights = Arena.ofAuto().allocate(blocks * blockBytes(), BLOCK_BYTES);
        for (int ky = 0; ky < window.kernelY(); ky++) {
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final long tile = (long) (ky / SIDE * tilesX + kx / SIDE) * TILE_BYTES
                    + (long) (ky % SIDE * SIDE + kx % SIDE) * BLOCK_BYTES;
                for (int c = 0; c < channels; c++) {
                    final int row = (ky * window.kernelX() + kx) * channels + c;
                    for (int target = 0; target < targets; target++) {
                        writer.write(weights, target / blockTargets * blockBytes() + c * sourceBytes() + tile
                            + (long) (target % blockTargets) * elementBytes, row, target);
                    }
                }
            }
        }
    }

    /** The float32 weights of a convolution. */
    public static SlideWeights of(final ConvolutionTable table) {
        final float[] values = table.weightArray();
        final int lanes = table.lanes();
        return new SlideWeights(table, Float.BYTES, (into, place, row, target) ->
            into.set(ValueLayout.JAVA_FLOAT, place, values[row * lanes + target]));
    }

    /**
     * True for windows that move place by place and are at least a tile large, over targets at least as wide as
     * the window: those for which turned weights are worth their memory.
     */
    public static boolean slides(final ConvolutionTable table) {
        final Window window = table.window();
        return table.groups() == 1 && window.strideX() == 1 && window.strideY() == 1 && window.kernelX() >= SIDE
            && window.kernelY() >= SIDE && table.output().width() >= window.kernelX();
    }

    /** The convolution. */
    public ConvolutionTable table() {
        return table;
    }

    /** The weights. */
    public MemorySegment segment() {
        return weights;
    }

    /** Blocks of target channels. */
    public int blocks() {
        return blocks;
    }

    /** Tiles from the top to the bottom of the window. */
    public int tilesY() {
        return tilesY;
    }

    /** Tiles from the left to the right of the window. */
    public int tilesX() {
        return tilesX;
    }

    /** Bytes from a source to the next. */
    public long sourceBytes() {
        return (long) tilesY * tilesX * TILE_BYTES;
    }

    /** Bytes from a block to the next. */
    public long blockBytes() {
        return table.input().channels() * sourceBytes();
    }
}
