package org.spikemeter.runtime.spikes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.StepListener;

/**
 * Keeps the spikes of all layers of neurons. Layers may be reported by different threads, each layer by one.
 */
public final class SpikeRecorder implements StepListener {
    private static final int INITIAL_STEPS = 68;

    private final Network network;
    private final byte[][] packed;
    private final int[] steps;

    /** Nothing recorded yet. */
    public SpikeRecorder(final Network network) {
        this.network = network;
        this.packed = new byte[network.layers().size()][];
        this.steps = new int[packed.length];
        for (int layer = 0; layer < packed.length; layer++) {
            if (network.layers().get(layer) instanceof Layer.Neurons) {
                packed[layer] = new byte[PackedSpikes.rowBytes(network.outputOf(layer)) * INITIAL_STEPS];
            }
        }
    }

    @Override
    public void onStep(final int layer, final int step, final StepEvents events) {
        if (packed[layer] == null) {
            return;
        }
        final Shape shape = network.outputOf(layer);
        final long first = (long) step * PackedSpikes.rowBytes(shape);
        final long end = first + PackedSpikes.rowBytes(shape);
        if (end > packed[layer].length) {
            if (end > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("the spikes of layer '" + network.layers().get(layer).name()
                    + "' need more than an array can hold at step " + step + ": run fewer steps (--steps)");
            }
            packed[layer] = Arrays.copyOf(packed[layer], (int) Math.min(Integer.MAX_VALUE - 8, 2 * end));
        }
        for (int i = 0; i < events.size(); i++) {
            PackedSpikes.set(packed[layer], first, shape.channelFirstIndex(events.address(i)));
        }
        steps[layer] = step + 1;
    }

    /** Writes each layer of neurons under its name: uint8 [T, ceil(C*H*W / 8)]. */
    public void write(final Path npz) throws IOException {
        final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        for (int layer = 0; layer < packed.length; layer++) {
            if (packed[layer] != null) {
                final int row = PackedSpikes.rowBytes(network.outputOf(layer));
                arrays.put(network.layers().get(layer).name(),
                    NpyArray.ofBytes(Arrays.copyOf(packed[layer], steps[layer] * row), steps[layer], row));
            }
        }
        NpzWriter.writeDeflated(npz, arrays);
    }
}
