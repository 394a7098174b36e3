package org.spikemeter.engine.count;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
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

    /** Number of channels whose bias alone can make them fire. */
    public int selfDrivenChannels() {
        int count = 0;
        for (final boolean driven : selfDriven) {
            count += driven ? 1 : 0;
        }
        return count;
    }

    /** Forgets all updates: the next step is step 0. */
    public void reset() {
        Arrays.fill(lastUpdate, -1);
    }

    /**
     * Counts the updates of row {@code y} in a step, before the row's potentials are replaced.
     *
     * @param events the step's events on the table's input grid
     * @param membrane potentials of the layer before the step
     * @param reached scratch of this thread alone, at least {@link #cellsPerRow}
     * @param tally where updates and skipped updates are added
     */
    public void meterRow(
        final EventGrid events, final int y, final int step, final float[] membrane, final int[] reached,
        final UpdateTally tally) {
        Arrays.fill(reached, 0, cellsPerRow, 0);
        switch (table) {
            case ConvolutionTable convolution -> {
                if (convolution.groups() == 1) {
                    markPixels(convolution, events, y, reached);
                } else {
                    markGroups(convolution, events, y, reached);
                }
            }
            case CsrTable csr -> markTargets(csr, events, y, reached);
        }
        tally.updates += selfDrivenOfRow;
        if (staysAtThreshold) {
            meterNeurons(y, step, membrane, reached, tally);
        } else {
            meterCells(y, step, reached, tally);
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

    private void meterNeurons(
        final int y, final int step, final float[] membrane, final int[] reached, final UpdateTally tally) {
        final int channels = selfDriven.length;
        final int rowSize = cellsPerRow * cellSize;
        final int first = y * rowSize;
        for (int i = 0; i < rowSize; i++) {
            if (!selfDriven[i % channels] && (reached[i / cellSize] != 0 || model.fires(membrane[first + i]))) {
                final int silent = step - 1 - lastUpdate[first + i];
                lastUpdate[first + i] = step;
                tally.updates += silent > 0 ? 2 : 1;
                tally.skipped += Math.max(silent - 1, 0);
            }
        }
    }

    /** One group: a pixel is reached where there is an event under its window. */
    private static void markPixels(
        final ConvolutionTable table, final EventGrid events, final int y, final int[] reached) {
        final Window window = table.window();
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY < 0 || sourceY >= table.input().height()
                || events.rowStart(sourceY) == events.rowEnd(sourceY)) {
                continue;
            }
            if (window.dilationX() == 1) {
                markSpans(table, events.pixelStart(), sourceY, window.kernelX(), 0, reached);
            } else {
                for (int kx = 0; kx < window.kernelX(); kx++) {
                    markSpans(table, events.pixelStart(), sourceY, 1, kx * window.dilationX(), reached);
                }
            }
        }
    }

    /** Adds the events of one source row under each target's window: a loop without branches but at the borders. */
    private static void markSpans(
        final ConvolutionTable table, final int[] pixelStart, final int sourceY, final int span, final int shift,
        final int[] reached) {
        final Window window = table.window();
        final int width = table.input().width();
        final int targets = table.output().width();
        final int stride = window.strideX();
        final int offset = shift - window.paddingX();
        final int index = sourceY * (width + 1);
        final int first = Math.min(targets, Math.max(0, Math.ceilDiv(-offset, stride)));
        final int last = Math.max(first, Math.min(targets, Math.floorDiv(width - span - offset, stride) + 1));
        final int place = index + offset;
        if (stride == 1) {
            for (int x = first; x < last; x++) {
                reached[x] += pixelStart[place + span + x] - pixelStart[place + x];
            }
        } else {
            for (int x = first; x < last; x++) {
                reached[x] += pixelStart[place + span + x * stride] - pixelStart[place + x * stride];
            }
        }
        markBorder(pixelStart, index, width, span, offset, stride, 0, first, reached);
        markBorder(pixelStart, index, width, span, offset, stride, last, targets, reached);
    }

    private static void markBorder(
        final int[] pixelStart, final int index, final int width, final int span, final int offset,
        final int stride, final int first, final int last, final int[] reached) {
        for (int x = first; x < last; x++) {
            final int left = x * stride + offset;
            final int from = Math.min(Math.max(left, 0), width);
            final int to = Math.min(Math.max(left + span, 0), width);
            reached[x] += pixelStart[index + to] - pixelStart[index + from];
        }
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
