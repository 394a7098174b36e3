package org.spikemeter.engine.count;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Counts the neuron updates of the model machine described at {@link Operation}.
 *
 * <p>Neurons that events always reach together (the channels of a pixel, or of one group of it) form a cell; only the
 * cell's last update is kept. Where a neuron can be left at its threshold by a reset, each neuron is a cell of its own.
 * Rows may be metered by several threads, each row by one.
 */
public final class UpdateMeter {
    /** A resting drive this close to the threshold counts as one that can reach it: rounding may carry it there. */
    private static final double MARGIN = 1e-5;

    private final SynapseTable table;
    private final NeuronModel model;
    private final int cellsPerRow;
    private final int cellSize;
    private final boolean[] selfDriven;
    private final int[] lazyOfGroup;
    private final long selfDrivenOfRow;
    private final boolean staysAtThreshold;
    private final int[] lastUpdate;
    private final boolean pixels;
    private final int words;
    private final long[] reachedBefore;

    /**
     * No neuron updated yet.
     *
     * @param table the synapses into the neurons
     * @param bias one value a channel, or null
     * @param model the neurons
     */
    public UpdateMeter(final SynapseTable table, final float[] bias, final NeuronModel model) {
        this.table = table;
        this.model = model;
        final int channels = table.output().channels();
        final int groups = table instanceof ConvolutionTable convolution ? convolution.groups() : channels;
        this.cellSize = channels / groups;
        this.cellsPerRow = table.output().width() * groups;
        this.selfDriven = new boolean[channels];
        this.lazyOfGroup = new int[groups];
        int driven = 0;
        for (int c = 0; c < channels; c++) {
            selfDriven[c] = drivesItself(model, bias == null ? 0.0f : bias[c]);
            lazyOfGroup[c / cellSize] += selfDriven[c] ? 0 : 1;
            driven += selfDriven[c] ? 1 : 0;
        }
        this.selfDrivenOfRow = (long) driven * table.output().width();
        this.staysAtThreshold = model.reset() instanceof Reset.Soft || model.fires(model.reset().restingPotential());
        this.lastUpdate = new int[staysAtThreshold ? table.output().size() : cellsPerRow * table.output().height()];
        this.pixels = table instanceof ConvolutionTable && groups == 1;
        this.words = PixelBits.words(table.output().width());
        this.reachedBefore = new long[pixels ? table.output().height() * words : 0];
        reset();
    }

    /** True where the constant input {@code bias} alone can bring the neuron to its threshold. */
    public static boolean drivesItself(final NeuronModel model, final float bias) {
        final Charge charge = model.charge();
        if (charge.form() == Charge.Form.INTEGRATE) {
            return bias > 0.0f;
        }
        final double slack = MARGIN * Math.max(1.0, Math.abs(model.vThreshold()));
        return charge.fixedPoint(bias) >= model.vThreshold() - slack;
    }

    /** Number of cells that events of a row are marked in; the size of the scratch of {@link #meterRow}. */
    public int cellsPerRow() {
        return cellsPerRow;
    }

    /** Forgets all updates: the next step is step 0. */
    public void reset() {
        Arrays.fill(lastUpdate, -1);
        Arrays.fill(reachedBefore, 0L);
    }

    /**
     * Counts the updates of row {@code y} in a step, before the row's potentials are replaced. All rows, in all steps.
     *
     * @param events the step's events on the table's input grid
     * @param reached the row's pixels that events reach, one bit each; read for convolutions alone
     * @param watched bits of at least the pixels that are reached or have a neuron at its threshold; read for the same
     * @param cells scratch of this thread alone, at least {@link #cellsPerRow}
     * @param membrane potentials of the layer before the step; read where {@code watched}
     * @param tally where updates and skipped updates are added
     */
    public void meterRow(
        final EventGrid events, final long[] reached, final long[] watched, final int[] cells, final int y,
        final int step, final float[] membrane, final UpdateTally tally) {
        if (pixels) {
            meterPixels(reached, watched, y, step, membrane, tally);
        } else {
            meterCells(events, y, step, membrane, cells, tally);
        }
    }

    /** The channels of a pixel are reached together. */
    private void meterPixels(
        final long[] reached, final long[] watched, final int y, final int step, final float[] membrane,
        final UpdateTally tally) {
        tally.updates += selfDrivenOfRow;
        for (int word = 0; word < reached.length; word++) {
            if (staysAtThreshold) {
                meterNeurons(reached[word], watched[word], y, word * Long.SIZE, step, membrane, tally);
            } else {
                meterWord(reached[word], y, word, step, tally);
            }
        }
    }

    /**
     * A pixel's last update is noted when events no longer reach it: while they do, in step after step, there is
     * nothing to look up.
     */
    private void meterWord(final long now, final int y, final int word, final int step, final UpdateTally tally) {
        final int place = y * words + word;
        final int first = y * cellsPerRow + word * Long.SIZE;
        final long before = reachedBefore[place];
        final int lazy = lazyOfGroup[0];
        reachedBefore[place] = now;
        for (long gone = before & ~now; gone != 0; gone &= gone - 1) {
            lastUpdate[first + Long.numberOfTrailingZeros(gone)] = step - 1;
        }
        long silent = 0;
        long skipped = 0;
        for (long fresh = now & ~before; fresh != 0; fresh &= fresh - 1) {
            final int steps = step - 1 - lastUpdate[first + Long.numberOfTrailingZeros(fresh)];
            silent += steps > 0 ? 1 : 0;
            skipped += steps > 1 ? steps - 1 : 0;
        }
        tally.updates += lazy * (Long.bitCount(now) + silent);
        tally.skipped += lazy * skipped;
    }

    private void meterNeurons(
        final long reached, final long watched, final int y, final int firstPixel, final int step,
        final float[] membrane, final UpdateTally tally) {
        final int channels = selfDriven.length;
        for (long bits = watched; bits != 0; bits &= bits - 1) {
            final int bit = Long.numberOfTrailingZeros(bits);
            final boolean isReached = (reached >>> bit & 1) != 0;
            final int first = (y * cellsPerRow + firstPixel + bit) * channels;
            for (int c = 0; c < channels; c++) {
                meterNeuron(c, first + c, isReached, step, membrane, tally);
            }
        }
    }

    private void meterNeuron(
        final int channel, final int neuron, final boolean isReached, final int step, final float[] membrane,
        final UpdateTally tally) {
        if (!selfDriven[channel] && (isReached || model.fires(membrane[neuron]))) {
            final int silent = step - 1 - lastUpdate[neuron];
            lastUpdate[neuron] = step;
            tally.updates += silent > 0 ? 2 : 1;
            tally.skipped += Math.max(silent - 1, 0);
        }
    }

    /** Events may reach some of a pixel's neurons alone. */
    private void meterCells(
        final EventGrid events, final int y, final int step, final float[] membrane, final int[] cells,
        final UpdateTally tally) {
        Arrays.fill(cells, 0, cellsPerRow, 0);
        switch (table) {
            case ConvolutionTable convolution -> markGroups(convolution, events, y, cells);
            case CsrTable csr -> markTargets(csr, events, y, cells);
        }
        tally.updates += selfDrivenOfRow;
        if (staysAtThreshold) {
            final int channels = selfDriven.length;
            final int rowSize = cellsPerRow * cellSize;
            for (int i = 0; i < rowSize; i++) {
                meterNeuron(i % channels, y * rowSize + i, cells[i / cellSize] != 0, step, membrane, tally);
            }
        } else {
            meterCells(y, step, cells, tally);
        }
    }

    private void meterCells(final int y, final int step, final int[] reached, final UpdateTally tally) {
        final int first = y * cellsPerRow;
        final int groups = lazyOfGroup.length;
        long updates = 0;
        long skipped = 0;
        for (int cell = 0; cell < cellsPerRow; cell++) {
            if (reached[cell] != 0) {
                final int silent = step - 1 - lastUpdate[first + cell];
                final int lazy = groups == 1 ? lazyOfGroup[0] : lazyOfGroup[cell % groups];
                lastUpdate[first + cell] = step;
                updates += silent > 0 ? 2L * lazy : lazy;
                skipped += silent > 1 ? (long) (silent - 1) * lazy : 0;
            }
        }
        tally.updates += updates;
        tally.skipped += skipped;
    }

    /** Several groups: each event marks its own group under each window that holds it. */
    private static void markGroups(
        final ConvolutionTable table, final EventGrid events, final int y, final int[] reached) {
        final Window window = table.window();
        final int channels = table.input().channels();
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY < 0 || sourceY >= table.input().height()) {
                continue;
            }
            final int end = events.rowEnd(sourceY);
            for (int event = events.rowStart(sourceY); event < end; event++) {
                final int x = events.keys()[event] / channels;
                final int group = (events.keys()[event] - x * channels) / table.inGroup();
                for (int kx = 0; kx < window.kernelX(); kx++) {
                    final int shifted = x + window.paddingX() - kx * window.dilationX();
                    final int targetX = shifted / window.strideX();
                    if (shifted >= 0 && targetX * window.strideX() == shifted && targetX < table.output().width()) {
                        reached[targetX * table.groups() + group] = 1;
                    }
                }
            }
        }
    }

    private static void markTargets(
        final CsrTable table, final EventGrid events, final int row, final int[] reached) {
        final int first = row * table.output().width() * table.output().channels();
        final int targets = table.output().width() * table.output().channels();
        final int rowSize = table.input().width() * table.input().channels();
        for (int y = 0; y < table.input().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final int source = y * rowSize + events.keys()[event];
                for (int i = table.rowStart()[source]; i < table.rowStart()[source + 1]; i++) {
                    final int target = table.target(i) - first;
                    if (target >= 0 && target < targets) {
                        reached[target] = 1;
                    }
                }
            }
        }
    }
}
