package org.spikemeter.engine.synapse;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;

/**
 * Pooling of events: each event is written under its windows, and events of one channel in one window merge into one
 * whose value is their sum (in ascending address order), times {@code 1 / (kernelY * kernelX)} when averaged, or their
 * maximum with the silent places counted as 0. Immutable; threads bring their own scratch.
 */
public final class Pool {
    private final Layer.Pooling pooling;
    private final Window window;
    private final Shape input;
    private final Shape output;
    private final float factor;

    /**
     * Compiles a pool.
     *
     * @param input grid of the events
     * @param layer the layer
     */
    public Pool(final Shape input, final Layer.Pool2d layer) {
        this.pooling = layer.pooling();
        this.window = layer.window();
        this.input = input;
        this.output = window.output(input, input.channels());
        this.factor = pooling == Layer.Pooling.AVERAGE ? 1.0f / ((float) window.kernelY() * window.kernelX()) : 1.0f;
    }

    /** Grid of the events. */
    public Shape input() {
        return input;
    }

    /** Grid of the pooled events. */
    public Shape output() {
        return output;
    }

    /** How the window moves. */
    public Window window() {
        return window;
    }

    /** True where pooling is a sum of weighted events, so that each event keeps a share of its own. */
    public boolean isLinear() {
        return pooling != Layer.Pooling.MAX;
    }

    /** True where a window's sum is divided by its size. */
    public boolean isAverage() {
        return pooling == Layer.Pooling.AVERAGE;
    }

    /** What the sum over a window is multiplied by. */
    public float factor() {
        return factor;
    }

    /** True where pooled events can have values other than 1, given whether the events can. */
    public boolean isValued(final boolean inputValued) {
        return isLinear() || inputValued;
    }

    /** Size of the scratch that {@link #poolRow} needs. */
    public int scratchSize() {
        // whole vectors of channels
        return 2 * input.channels() + EventGrid.SLACK;
    }

    /**
     * Pools into row {@code y} of {@code out}; says nothing of whether {@code out} is unit.
     *
     * @param scratch at least {@link #scratchSize}, of this thread alone
     */
    public void poolRow(final EventGrid in, final EventGrid out, final int y, final float[] scratch) {
        final int top = y * window.strideY() - window.paddingY();
        final int fromY = Math.max(top, 0);
        final int toY = Math.min(top + window.kernelY(), input.height());
        if (isLinear() && in.areEmpty(fromY, toY)) {
            out.emptyRow(y);
            return;
        }
        final int index = y * (output.width() + 1);
        int place = out.rowStart(y);
        for (int x = 0; x < output.width(); x++) {
            out.pixelStart()[index + x] = place;
            final int left = x * window.strideX() - window.paddingX();
            final int fromX = Math.max(left, 0);
            final int toX = Math.min(left + window.kernelX(), input.width());
            if (isLinear()) {
                place = sumPixel(in, fromY, toY, fromX, toX, scratch, out, x, place);
            } else {
                place = maxPixel(in, fromY, toY, fromX, toX, scratch, out, x, place);
            }
        }
        out.endRow(y, place);
    }

    private int sumPixel(
        final EventGrid in, final int fromY, final int toY, final int fromX, final int toX, final float[] sum,
        final EventGrid out, final int outX, final int firstPlace) {
        final int channels = input.channels();
        final int[] keys = in.keys();
        final float[] values = in.values();
        final boolean unit = in.isUnit();
        int events = 0;
        for (int y = fromY; y < toY; y++) {
            final int index = y * (input.width() + 1);
            for (int x = fromX; x < toX; x++) {
                final int end = in.pixelStart()[index + x + 1];
                final int base = x * channels;
                for (int event = in.pixelStart()[index + x]; event < end; event++) {
                    sum[keys[event] - base] += unit ? 1.0f : values[event];
                    events++;
                }
            }
        }
        if (events == 0) {
            return firstPlace;
        }
        int place = firstPlace;
        final int key = outX * channels;
        for (int c = 0; c < channels; c++) {
            if (sum[c] != 0.0f) {
                out.keys()[place] = key + c;
                out.values()[place] = sum[c] * factor;
                place++;
                sum[c] = 0.0f;
            }
        }
        return place;
    }

    private int maxPixel(
        final EventGrid in, final int fromY, final int toY, final int fromX, final int toX, final float[] scratch,
        final EventGrid out, final int outX, final int firstPlace) {
        final int channels = input.channels();
        final boolean unit = in.isUnit();
        // scratch holds the maximum of each channel, then the number of its events
        Arrays.fill(scratch, 0, channels, Float.NEGATIVE_INFINITY);
        Arrays.fill(scratch, channels, 2 * channels, 0.0f);
        for (int y = fromY; y < toY; y++) {
            final int index = y * (input.width() + 1);
            for (int x = fromX; x < toX; x++) {
                final int end = in.pixelStart()[index + x + 1];
                for (int event = in.pixelStart()[index + x]; event < end; event++) {
                    final int c = in.keys()[event] - x * channels;
                    scratch[c] = Math.max(scratch[c], unit ? 1.0f : in.values()[event]);
                    scratch[channels + c]++;
                }
            }
        }
        final int positions = (toY - fromY) * (toX - fromX);
        int place = firstPlace;
        for (int c = 0; c < channels; c++) {
            final float max = scratch[channels + c] < positions ? Math.max(scratch[c], 0.0f) : scratch[c];
            if (max != 0.0f) {
                out.keys()[place] = outX * channels + c;
                if (!unit) {
                    out.values()[place] = max;
                }
                place++;
            }
        }
        Arrays.fill(scratch, 0, 2 * channels, 0.0f);
        return place;
    }
}
