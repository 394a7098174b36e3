package org.spikemeter.engine.count;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * How many existing targets each source of a table has, exact at the borders, and through linear pools before it: an
 * event counts once for each pooled window that reads it and each target of that window.
 *
 * <p>One number a pixel where all channels have as many (convolutions), one a neuron where not. Immutable.
 */
public final class FanOut {
    private final Shape source;
    private final int channelsPerEntry;
    private final long[] targets;
    private final long[] zeroWeights;
    /** Of each row, the first of its steps: pixels with other targets than the one before them; and their number. */
    private final int[] rowSteps;
    private final int[] stepAt;
    private final long[] stepBy;

    private FanOut(final Shape source, final int channelsPerEntry, final long[] targets, final long[] zeroWeights) {
        this.source = source;
        this.channelsPerEntry = channelsPerEntry;
        this.targets = targets;
        this.zeroWeights = zeroWeights;
        this.rowSteps = new int[source.height() + 1];
        final int[] at = new int[source.pixels()];
        final long[] by = new long[source.pixels()];
        int steps = 0;
        for (int y = 0; channelsPerEntry == source.channels() && y < source.height(); y++) {
            for (int x = 1; x < source.width(); x++) {
                final int pixel = y * source.width() + x;
                if (targets[pixel] != targets[pixel - 1]) {
                    at[steps] = x;
                    by[steps] = targets[pixel] - targets[pixel - 1];
                    steps++;
                }
            }
            rowSteps[y + 1] = steps;
        }
        this.stepAt = Arrays.copyOf(at, steps);
        this.stepBy = Arrays.copyOf(by, steps);
    }

    /**
     * Fan-out of the sources of {@code pools} and then {@code table}.
     *
     * @param pools linear pools, first to last; may be empty
     * @param table the synapses behind them
     */
    public static FanOut of(final List<Pool> pools, final SynapseTable table) {
        FanOut fanOut = switch (table) {
            case ConvolutionTable convolution -> of(convolution);
            case CsrTable csr -> of(csr);
        };
        for (final Pool pool : pools.reversed()) {
            fanOut = fanOut.before(pool);
        }
        return fanOut;
    }

    private static FanOut of(final ConvolutionTable table) {
        final Shape input = table.input();
        final long[] targets = new long[input.pixels()];
        final long[] zeros = new long[input.size()];
        final long[] zerosOfTap = zerosOfTap(table);
        boolean anyZero = false;
        for (int y = 0; y < table.output().height(); y++) {
            for (int x = 0; x < table.output().width(); x++) {
                anyZero |= addWindow(table, y, x, targets, zerosOfTap, zeros);
            }
        }
        return new FanOut(input, input.channels(), targets, anyZero ? zeros : null);
    }

    /** Adds the targets of the window at target pixel (y, x) to its sources; true where there were zero weights. */
    private static boolean addWindow(
        final ConvolutionTable table, final int y, final int x, final long[] targets, final long[] zerosOfTap,
        final long[] zeros) {
        final Window window = table.window();
        final Shape input = table.input();
        final int channels = input.channels();
        boolean anyZero = false;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            for (int kx = 0; kx < window.kernelX(); kx++) {
                final int sourceX = x * window.strideX() - window.paddingX() + kx * window.dilationX();
                if (sourceY < 0 || sourceY >= input.height() || sourceX < 0 || sourceX >= input.width()) {
                    continue;
                }
                targets[sourceY * input.width() + sourceX] += table.outGroup();
                final int tap = (ky * window.kernelX() + kx) * channels;
                for (int c = 0; zerosOfTap != null && c < channels; c++) {
                    zeros[input.address(sourceY, sourceX, c)] += zerosOfTap[tap + c];
                    anyZero |= zerosOfTap[tap + c] > 0;
                }
            }
        }
        return anyZero;
    }

    /** Zero weights of each tap and source channel; null where there are none. */
    private static long[] zerosOfTap(final ConvolutionTable table) {
        final int sources = table.weightArray().length / table.lanes();
        final long[] zeros = new long[sources];
        boolean anyZero = false;
        for (int source = 0; source < sources; source++) {
            for (int i = 0; i < table.outGroup(); i++) {
                if (table.weightArray()[source * table.lanes() + i] == 0.0f) {
                    zeros[source]++;
                    anyZero = true;
                }
            }
        }
        return anyZero ? zeros : null;
    }

    private static FanOut of(final CsrTable table) {
        final int sources = table.input().size();
        final long[] targets = new long[sources];
        final long[] zeros = new long[sources];
        boolean anyZero = false;
        for (int source = 0; source < sources; source++) {
            targets[source] = table.rowStart()[source + 1] - table.rowStart()[source];
            for (int i = table.rowStart()[source]; i < table.rowStart()[source + 1]; i++) {
                if (table.weight()[i] == 0.0f) {
                    zeros[source]++;
                    anyZero = true;
                }
            }
        }
        return new FanOut(table.input(), 1, targets, anyZero ? zeros : null);
    }

    /** Fan-out of the events that {@code pool} reads. */
    private FanOut before(final Pool pool) {
        final int entries = source.channels() / channelsPerEntry;
        return new FanOut(pool.input(), channelsPerEntry, spread(pool, targets, entries),
            zeroWeights == null ? null : spread(pool, zeroWeights, source.channels()));
    }

    /** Each pixel's sum over the windows that hold it, for {@code entries} numbers a pixel. */
    private static long[] spread(final Pool pool, final long[] pooled, final int entries) {
        final Window window = pool.window();
        final Shape input = pool.input();
        final Shape output = pool.output();
        final long[] spread = new long[input.pixels() * entries];
        for (int y = 0; y < output.height(); y++) {
            final int top = y * window.strideY() - window.paddingY();
            for (int x = 0; x < output.width(); x++) {
                final int left = x * window.strideX() - window.paddingX();
                final int from = (y * output.width() + x) * entries;
                for (int sy = Math.max(top, 0); sy < Math.min(top + window.kernelY(), input.height()); sy++) {
                    for (int sx = Math.max(left, 0); sx < Math.min(left + window.kernelX(), input.width()); sx++) {
                        final int to = (sy * input.width() + sx) * entries;
                        for (int i = 0; i < entries; i++) {
                            spread[to + i] += pooled[from + i];
                        }
                    }
                }
            }
        }
        return spread;
    }

    /** Targets of the source at {@code address}. */
    public long targets(final int address) {
        return targets[address / channelsPerEntry];
    }

    /** Targets of the source at {@code address} that it reaches with a weight of zero. */
    public long zeroWeights(final int address) {
        return zeroWeights == null ? 0 : zeroWeights[address];
    }

    /** Sum of the targets of all events, whatever their values. */
    public long total(final EventGrid events) {
        long total = 0;
        for (int y = 0; y < source.height(); y++) {
            if (!events.isEmpty(y)) {
                total += channelsPerEntry == source.channels() ? rowByPixels(events, y) : rowByEvents(events, y);
            }
        }
        return total;
    }

    /**
     * The sum over pixels of events times targets, in parts: the targets of the last pixel for all events of the row,
     * less, where a pixel has more targets than the one before it, that many for each event before it. Targets change
     * near the borders alone.
     */
    private long rowByPixels(final EventGrid events, final int y) {
        final int[] pixelStart = events.pixelStart();
        final int width = source.width();
        final int index = y * (width + 1);
        final int first = pixelStart[index];
        long total = (pixelStart[index + width] - first) * targets[y * width + width - 1];
        for (int i = rowSteps[y]; i < rowSteps[y + 1]; i++) {
            total -= (pixelStart[index + stepAt[i]] - first) * stepBy[i];
        }
        return total;
    }

    private long rowByEvents(final EventGrid events, final int y) {
        final int address = y * source.width() * source.channels();
        final int end = events.rowEnd(y);
        final int[] keys = events.keys();
        long total = 0;
        for (int event = events.rowStart(y); event < end; event++) {
            // one entry a neuron: it is not divided by the channels of an entry, which takes longer than the rest
            total += targets[address + keys[event]];
        }
        return total;
    }

    /**
     * Counts the synaptic operations of a step's events: ACC and MAC, decided event by event, and those of them whose
     * weight is zero.
     */
    public void count(final EventGrid events, final LayerCounts counts) {
        final long all = total(events);
        final long multiplied = events.isUnit() ? 0 : totalNotOne(events, false);
        counts.add(Operation.SYNAPTIC_ACCUMULATES, all - multiplied);
        counts.add(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, multiplied);
        if (zeroWeights != null) {
            final long zeros = totalZeros(events);
            final long zerosMultiplied = events.isUnit() ? 0 : totalNotOne(events, true);
            counts.add(Operation.ZERO_WEIGHT_ACCUMULATES, zeros - zerosMultiplied);
            counts.add(Operation.ZERO_WEIGHT_MULTIPLY_ACCUMULATES, zerosMultiplied);
        }
    }

    private long totalNotOne(final EventGrid events, final boolean zeros) {
        final long[] entries = zeros ? zeroWeights : targets;
        final int channels = zeros ? 1 : channelsPerEntry;
        long total = 0;
        for (int y = 0; y < source.height(); y++) {
            final int address = y * source.width() * source.channels();
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final int from = address + events.keys()[event];
                final long entry = entries[channels == 1 ? from : from / channels];
                // without a branch: which values are 1 cannot be foreseen
                total += events.values()[event] == 1.0f ? 0 : entry;
            }
        }
        return total;
    }

    private long totalZeros(final EventGrid events) {
        long total = 0;
        for (int y = 0; y < source.height(); y++) {
            final int address = y * source.width() * source.channels();
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                total += zeroWeights[address + events.keys()[event]];
            }
        }
        return total;
    }
}
