package org.spikemeter.engine.cost;

import java.util.Locale;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

/**
 * Something that a loop does again and again. How often in a step is a {@link #factor} of the convolution times a
 * {@link #number} of the events; how long it takes each time is measured ({@link CostTable}).
 *
 * <p>A <i>vector</i> are the targets of one addition: one target for scalar kernels.
 */
public enum CostPart {
    /** Takes a target pixel out of the ring, and clears it. */
    SLIDE_TAKE(Loop.SLIDE, StepNumber.ROWS),
    /** Goes to a source pixel with events: loads and stores the sums around it, for each tile and vector. */
    SLIDE_VISIT(Loop.SLIDE, StepNumber.PIXELS),
    /** Adds an event to a tile of target pixels, a vector each. */
    SLIDE_ADD(Loop.SLIDE, StepNumber.EVENTS),
    /** What {@link #SLIDE_ADD} takes longer where it multiplies, too. */
    SLIDE_VALUE(Loop.SLIDE, StepNumber.VALUES),
    /** Looks whether a source pixel has events, for a row of targets. */
    SCATTER_LOOK(Loop.SCATTER, StepNumber.ROWS),
    /** Goes to the target pixel of a tap of a source pixel with events. */
    SCATTER_VISIT(Loop.SCATTER, StepNumber.PIXELS),
    /** Begins with an event and a tap. */
    SCATTER_EVENT(Loop.SCATTER, StepNumber.EVENTS),
    /** Adds a vector of an event and a tap. */
    SCATTER_ADD(Loop.SCATTER, StepNumber.EVENTS),
    /** Begins with a target pixel. */
    GATHER_PIXEL(Loop.GATHER, StepNumber.ALWAYS),
    /** Finds a range of events under the window of a target pixel. */
    GATHER_RANGE(Loop.GATHER, StepNumber.ALWAYS),
    /** Goes through a range that is not empty, once for each pair of vectors. */
    GATHER_VISIT(Loop.GATHER, StepNumber.RANGES),
    /** Begins with an event under a window, once for each pair of vectors. */
    GATHER_EVENT(Loop.GATHER, StepNumber.EVENTS),
    /** Adds a vector of an event under a window. */
    GATHER_ADD(Loop.GATHER, StepNumber.EVENTS),
    /** What {@link #GATHER_ADD} takes longer where it multiplies, too. */
    GATHER_VALUE(Loop.GATHER, StepNumber.VALUES),
    /** What {@link #GATHER_EVENT} takes longer where there are groups. */
    GATHER_GROUP(Loop.GATHER, StepNumber.EVENTS),
    /** Writes an event to the dense input, and clears it. */
    DENSE_EXPAND(Loop.DENSE, StepNumber.EVENTS),
    /** Goes to a source pixel under a window, outside tiles. */
    DENSE_VISIT(Loop.DENSE, StepNumber.ALWAYS),
    /** Begins the innermost loop outside tiles: over a group's source channels, or a scalar kernel's targets. */
    DENSE_BEGIN(Loop.DENSE, StepNumber.ALWAYS),
    /** Multiplies and adds a vector of a source under a window, outside tiles. */
    DENSE_ADD(Loop.DENSE, StepNumber.ALWAYS),
    /** The same inside tiles of target pixels. */
    DENSE_TILE_ADD(Loop.DENSE, StepNumber.ALWAYS);

    private final Loop loop;
    private final StepNumber number;

    CostPart(final Loop loop, final StepNumber number) {
        this.loop = loop;
        this.number = number;
    }

    /** The loops that there are. */
    public enum Loop {
        /** Scatters to nine target pixels at a time. */
        SLIDE,
        /** Scatters to one after the other. */
        SCATTER,
        /** Gathers. */
        GATHER,
        /** Takes all sources. */
        DENSE;

        /**
         * The loop by which a strategy runs.
         *
         * @param slides whether scattering slides
         */
        public static Loop of(final Strategy strategy, final boolean slides) {
            return switch (strategy) {
                case SCATTER -> slides ? SLIDE : SCATTER;
                case GATHER -> GATHER;
                case DENSE -> DENSE;
            };
        }
    }

    /** The loop it is part of. */
    public Loop loop() {
        return loop;
    }

    /** What of the events it grows with. */
    public StepNumber number() {
        return number;
    }

    /** Its name in tables: {@code loop.part}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.').replace("tile.add", "tile-add");
    }

    /**
     * How often it is done for 1 of its {@link #number}.
     *
     * @param lanes targets of a vector; 1 for scalar kernels
     */
    public double factor(final ConvolutionTable table, final int lanes) {
        final boolean scalar = lanes == 1;
        final double vectors = scalar ? table.outGroup() : Math.ceilDiv(table.lanes(), lanes);
        final double groups = table.groups();
        final double sources = table.input().channels();
        final double reach = (double) table.pixelPairs() / table.input().pixels();
        final double tiles = Math.ceilDiv(table.window().kernelY(), SlideWeights.SIDE)
            * (double) Math.ceilDiv(table.window().kernelX(), SlideWeights.SIDE);
        final double passes = scalar || table.groups() > 1 ? 1 : Math.ceil(vectors / 2);
        final double tiled = table.pixelPairs() * tiledPart(table, lanes);
        final double untiled = table.pixelPairs() - tiled;
        return switch (this) {
            case SLIDE_TAKE, GATHER_PIXEL -> table.output().pixels();
            case SLIDE_VISIT, SLIDE_ADD, SLIDE_VALUE -> tiles * vectors;
            case SCATTER_LOOK -> (double) table.rowPairs() * table.input().width();
            case SCATTER_VISIT, SCATTER_EVENT -> reach;
            case SCATTER_ADD, GATHER_ADD, GATHER_VALUE -> reach * vectors;
            case GATHER_GROUP -> table.groups() > 1 ? reach : 0;
            case GATHER_RANGE -> ranges(table);
            case GATHER_VISIT -> passes;
            case GATHER_EVENT -> reach * passes;
            case DENSE_EXPAND -> 1;
            case DENSE_VISIT -> untiled;
            case DENSE_BEGIN -> untiled * (scalar ? sources : groups * vectors);
            case DENSE_ADD -> untiled * sources * vectors;
            case DENSE_TILE_ADD -> tiled * sources * vectors;
        };
    }

    /** Ranges of events under the windows of all target pixels: the rows of each, or its taps where it is dilated. */
    static double ranges(final ConvolutionTable table) {
        return table.window().dilationX() == 1 ? (double) table.rowPairs() * table.output().width()
            : table.pixelPairs();
    }

    /** Part of the target pixels that the dense kernel takes in tiles: those of whole tiles inside the grid. */
    private static double tiledPart(final ConvolutionTable table, final int lanes) {
        if (lanes == 1 || table.groups() > 1 || table.output().channels() % (2 * lanes) != 0
            || table.output().channels() != table.lanes()) {
            return 0;
        }
        final int stride = table.window().strideX();
        final int first = Math.ceilDiv(table.window().paddingX(), stride);
        final int right = (table.window().kernelX() - 1) * table.window().dilationX() - table.window().paddingX();
        final int width = table.output().width();
        final int end = Math.min(width, Math.floorDiv(table.input().width() - 1 - right, stride) + 1);
        return (double) Math.max(0, (end - first) / Kernels.DENSE_TILE * Kernels.DENSE_TILE) / width;
    }
}
