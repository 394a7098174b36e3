package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.count.UpdateMeter;
import org.spikemeter.engine.kernel.NeuronKernel;
import org.spikemeter.engine.kernel.NeuronUpdate;
import org.spikemeter.engine.neuron.Quiescence;

/**
 * The rows of neurons that share their parameters behind one convolution: events to sums to potentials to spikes, a row
 * at a time while it is in the cache, and no more than the pixels that something happens to.
 */
final class NeuronRows {
    private final InflowState inflow;
    private final NeuronKernel kernel;
    private final NeuronUpdate neurons;
    private final float[] membrane;
    private final EventGrid output;
    /** Null where nothing is counted. */
    private final UpdateMeter meter;
    /** Null where neurons must be updated in each step. */
    private final LazyNeurons lazy;

    NeuronRows(
        final InflowState inflow, final NeuronKernel kernel, final NeuronUpdate neurons, final float[] bias,
        final float[] membrane, final EventGrid output, final UpdateMeter meter) {
        this.inflow = inflow;
        this.kernel = kernel;
        this.neurons = neurons;
        this.membrane = membrane;
        this.output = output;
        this.meter = meter;
        final Quiescence quiescence = Quiescence.of(neurons.model(), bias, output.shape().channels());
        this.lazy = quiescence == null || !quiescence.isUseful() ? null
            : new LazyNeurons(kernel, neurons, quiescence, membrane, output.shape());
    }

    void reset() {
        if (lazy != null) {
            lazy.reset();
        }
    }

    /** Brings all potentials to the end of a step. */
    void settle(final int step, final Scratch own) {
        if (lazy != null) {
            lazy.settle(step, own);
        }
    }

    /** Runs row {@code y}, the next of those that were opened, in a step. */
    void run(final int y, final int step, final Scratch own) {
        final boolean sliding = inflow.isSliding();
        final boolean summed = sliding && own.slides[0].row(inflow.delivered(), null, y);
        final long[] reached = own.reach.row(inflow.delivered(), y);
        final boolean silent = PixelBits.count(reached) == 0;
        final boolean asleep = silent && lazy != null && lazy.isAsleep(y, step);
        if (asleep) {
            Arrays.fill(own.touched, 0L);
        } else if (lazy != null) {
            lazy.choose(y, step, reached, own.touched, own);
        } else {
            PixelBits.fill(own.touched, output.shape().width());
        }
        if (meter != null) {
            meter.meterRow(inflow.delivered(), reached, own.touched, own.cells, y, step, membrane, own.tally);
        }
        if (asleep) {
            empty(y);
        } else {
            if (silent) {
                Arrays.fill(own.row, 0.0f);
            } else if (!sliding) {
                inflow.sum(y, own.row, own.ranges[0], null);
            }
            update(y, step, sliding && !silent, own);
        }
        if (summed) {
            own.slides[0].end(y);
        }
    }

    /** Updates the touched pixels, run by run. */
    private void update(final int y, final int step, final boolean take, final Scratch own) {
        final int width = output.shape().width();
        final int[] pixelStart = output.pixelStart();
        final int index = y * (width + 1);
        final int first = output.rowStart(y);
        final int lanes = kernel.bitLanes(output);
        int place = first;
        int x = 0;
        while (x < width) {
            final int from = PixelBits.next(own.touched, x, true, width);
            final int to = PixelBits.next(own.touched, from, false, width);
            Arrays.fill(pixelStart, index + x, index + from, place);
            clearBits(y, x, from, lanes);
            if (from < to) {
                final long result = run(y, from, to, step, take, place, own);
                place += (int) result;
                own.tally.membraneChanges += result >>> Integer.SIZE;
            }
            x = to;
        }
        output.endRow(y, place, lanes > 0);
        own.tally.spikes += place - first;
        if (lazy != null && lazy.isLazy(y)) {
            lazy.close(y);
        }
    }

    /** Leaves row {@code y} as if all its pixels were updated and none fired: with bits, which pools want of all. */
    private void empty(final int y) {
        if (!output.isEmpty(y)) {
            final int lanes = kernel.bitLanes(output);
            output.emptyRow(y);
            clearBits(y, 0, output.shape().width(), lanes);
            output.endRow(y, output.rowStart(y), lanes > 0);
        }
    }

    /** No spikes at pixels {@code fromX} to {@code toX - 1}, where the kernel leaves bits. */
    private void clearBits(final int y, final int fromX, final int toX, final int lanes) {
        if (lanes > 0) {
            final int width = output.shape().width();
            final int channels = output.shape().channels();
            Arrays.fill(output.vectorBits(), (y * width + fromX) * channels / lanes,
                (y * width + toX) * channels / lanes, '\0');
        }
    }

    private long run(
        final int y, final int fromX, final int toX, final int step, final boolean take, final int place,
        final Scratch own) {
        if (lazy == null || !lazy.isLazy(y)) {
            return fire(y, fromX, toX, take, place, own);
        }
        for (int x = fromX; x < toX; x++) {
            lazy.catchUp(y, x, step - 1, own);
        }
        final long result = fire(y, fromX, toX, take, place, own);
        for (int x = fromX; x < toX; x++) {
            lazy.lookAhead(y, x, step);
        }
        return result;
    }

    private long fire(
        final int y, final int fromX, final int toX, final boolean take, final int place, final Scratch own) {
        final int from = fromX * output.shape().channels();
        if (take) {
            own.slides[0].take(y, fromX, toX, own.row, from);
        }
        return kernel.update(neurons, own.row, from, membrane, output, y, fromX, toX, place);
    }
}
