package org.spikemeter.engine.convert;

import java.util.Arrays;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.StepListener;

/**
 * How large the activations of each layer of rectified units become: listens to a simulator that runs the artificial
 * network over samples. Of each layer it keeps the largest activation, exactly, and a histogram of those above 0, whose
 * bins are 1/2048 of their values wide: 4 MB a layer, however many samples.
 */
public final class ActivationRange implements StepListener {
    /** Bits of a positive float32 that a bin leaves out: 12 of the 23 of its fraction. */
    private static final int BIN_SHIFT = 12;
    private static final int BINS = Integer.MAX_VALUE >>> BIN_SHIFT;

    private final Network network;
    private final float[] largest;
    private final long[][] histogram;

    /** Nothing heard yet. */
    public ActivationRange(final Network network) {
        this.network = network;
        this.largest = new float[network.layers().size()];
        this.histogram = new long[largest.length][];
        for (int i = 0; i < largest.length; i++) {
            histogram[i] = network.layers().get(i) instanceof Layer.Relu ? new long[BINS + 1] : null;
        }
    }

    @Override
    public void onLayer(final LayerStep batch) {
        final long[] counts = histogram[batch.layer()];
        if (counts == null) {
            return;
        }
        final StepEvents events = batch.events();
        float max = largest[batch.layer()];
        for (int event = 0; event < events.size(); event++) {
            max = Math.max(max, events.value(event));
            counts[Float.floatToRawIntBits(events.value(event)) >>> BIN_SHIFT]++;
        }
        largest[batch.layer()] = max;
    }

    /** Largest activation of a layer; 0 where it never was active. */
    public float largest(final int layer) {
        return largest[layer];
    }

    /**
     * The activation that so many percent of a layer's activations above 0 do not exceed; 0 where there are none. At
     * most 1/2048 above the exact one, and never above the largest.
     *
     * @param percent above 0, up to 100
     * @throws IllegalArgumentException where it is not so, or the layer has no rectified units
     */
    public float percentile(final int layer, final double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percentile is " + percent + ": expected above 0, up to 100");
        }
        final long[] counts = histogram[layer];
        if (counts == null) {
            throw new IllegalArgumentException("layer '" + network.layers().get(layer).name()
                + "' has no rectified units");
        }
        final long all = Arrays.stream(counts).sum();
        final long wanted = (long) Math.ceil(percent / 100 * all);
        long seen = 0;
        for (int bin = 0; bin < counts.length && all > 0; bin++) {
            seen += counts[bin];
            if (seen >= wanted) {
                return Math.min(Float.intBitsToFloat((bin + 1 << BIN_SHIFT) - 1), largest[layer]);
            }
        }
        return 0.0f;
    }
}
