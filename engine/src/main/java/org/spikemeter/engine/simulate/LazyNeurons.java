package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.kernel.NeuronKernel;
import org.spikemeter.engine.kernel.NeuronUpdate;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Quiescence;

/**
 * Which pixels of a layer's neurons can be left alone. A pixel that was updated says for how many steps it keeps silent
 * by itself; until then, and until an event reaches it, it is not touched. When it is, what it missed is replayed:
 * potentials have the same bits as if it had been updated in each step.
 *
 * <p>That is worth its bookkeeping while few pixels of a row are touched. Other rows are eager: all their pixels are
 * updated in each step. Rows may be worked on by several threads, each row by one.
 */
final class LazyNeurons {
    /** A row turns lazy where fewer than one of so many pixels are reached. */
    private static final int LAZY_BELOW = 8;
    /** A row turns eager where more than one of so many pixels are touched. */
    private static final int EAGER_ABOVE = 4;
    /** Steps after which a row that its own spikes made eager tries again. */
    private static final int PATIENCE = 16;

    private final NeuronKernel kernel;
    private final NeuronUpdate neurons;
    private final Quiescence quiescence;
    private final float[] membrane;
    private final Shape shape;
    /** Of each pixel of a lazy row: the last step that its potentials have seen. */
    private final int[] seen;
    /** Of each pixel of a lazy row: the step in which it must be updated, whatever comes. */
    private final int[] due;
    /** Of each lazy row: the first of these. */
    private final int[] rowDue;
    private final boolean[] lazy;
    /** Of each eager row: the first step in which it may turn lazy. */
    private final int[] patience;

    LazyNeurons(
        final NeuronKernel kernel, final NeuronUpdate neurons, final Quiescence quiescence, final float[] membrane,
        final Shape shape) {
        this.kernel = kernel;
        this.neurons = neurons;
        this.quiescence = quiescence;
        this.membrane = membrane;
        this.shape = shape;
        this.seen = new int[shape.pixels()];
        this.due = new int[shape.pixels()];
        this.rowDue = new int[shape.height()];
        this.lazy = new boolean[shape.height()];
        this.patience = new int[shape.height()];
    }

    void reset() {
        Arrays.fill(lazy, false);
        Arrays.fill(patience, 0);
    }

    /** True where row {@code y} has nothing to do in a step without events. */
    boolean isAsleep(final int y, final int step) {
        return lazy[y] && rowDue[y] > step;
    }

    /** True where pixels of row {@code y} are to be caught up before their update, and looked ahead after it. */
    boolean isLazy(final int y) {
        return lazy[y];
    }

    /**
     * Finds the pixels of row {@code y} that are to be updated in a step, and turns the row lazy or eager.
     *
     * @param reached bits of those that events reach
     * @param touched replaced by the bits of those to be updated
     */
    void choose(final int y, final int step, final long[] reached, final long[] touched, final Scratch own) {
        final int width = shape.width();
        if (!lazy[y]) {
            PixelBits.fill(touched, width);
            if (step >= patience[y] && LAZY_BELOW * PixelBits.count(reached) < width) {
                lazy[y] = true;
                // all are updated once more, and say how long they keep silent
                Arrays.fill(seen, y * width, (y + 1) * width, step - 1);
            }
            return;
        }
        System.arraycopy(reached, 0, touched, 0, touched.length);
        if (rowDue[y] <= step) {
            for (int x = 0; x < width; x++) {
                touched[x / Long.SIZE] |= due[y * width + x] <= step ? 1L << x : 0L;
            }
        }
        if (EAGER_ABOVE * PixelBits.count(touched) > width) {
            lazy[y] = false;
            patience[y] = EAGER_ABOVE * PixelBits.count(reached) > width ? step : step + PATIENCE;
            for (int x = 0; x < width; x++) {
                catchUp(y, x, step - 1, own);
            }
            PixelBits.fill(touched, width);
        }
    }

    /** Replays what pixel {@code x} of row {@code y} missed, up to a step. */
    void catchUp(final int y, final int x, final int step, final Scratch own) {
        final int pixel = y * shape.width() + x;
        final int steps = step - seen[pixel];
        if (steps > 0) {
            own.tally.firstLate = Math.min(own.tally.firstLate, seen[pixel] + 1);
            kernel.pass(neurons, membrane, pixel * shape.channels(), shape.channels(), steps, own.tally.lateChanges,
                seen[pixel] + 1, own.pixel);
            seen[pixel] = step;
        }
    }

    /** Notes that pixel {@code x} of row {@code y} was updated in a step, and for how long it keeps silent. */
    void lookAhead(final int y, final int x, final int step) {
        final int pixel = y * shape.width() + x;
        seen[pixel] = step;
        final int first = pixel * shape.channels();
        int steps = 0;
        while (steps < quiescence.levels()
            && kernel.isWithin(membrane, first, quiescence.lowest(), quiescence.highest(steps + 1))) {
            steps++;
        }
        due[pixel] = steps > 0 && quiescence.isEndless() ? Integer.MAX_VALUE : step + steps + 1;
    }

    /** Closes a lazy row: its pixels were updated. */
    void close(final int y) {
        int first = Integer.MAX_VALUE;
        for (int pixel = y * shape.width(); pixel < (y + 1) * shape.width(); pixel++) {
            first = Math.min(first, due[pixel]);
        }
        rowDue[y] = first;
    }

    /** Catches up with a step everywhere. */
    void settle(final int step, final Scratch own) {
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; lazy[y] && x < shape.width(); x++) {
                catchUp(y, x, step, own);
            }
        }
    }
}
