package org.spikemeter.conformance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.StepListener;

/** Keeps what every layer emitted in every step. Layers may be reported by different threads. */
final class EventRecord implements StepListener {
    private final Network network;
    private final Map<Key, float[]> emitted = new ConcurrentHashMap<>();

    /** A layer's step. */
    private record Key(int layer, int step) {}

    EventRecord(final Network network) {
        this.network = network;
    }

    @Override
    public void onLayer(final LayerStep batch) {
        final int layer = batch.layer();
        final int step = batch.step();
        final StepEvents events = batch.events();
        final float[] values = new float[network.outputOf(layer).size()];
        for (int i = 0; i < events.size(); i++) {
            values[events.address(i)] = events.value(i);
        }
        if (emitted.put(new Key(layer, step), values) != null) {
            throw new IllegalStateException("layer " + layer + " was reported twice in step " + step);
        }
    }

    void clear() {
        emitted.clear();
    }

    /** Number of (layer, step) pairs. */
    int size() {
        return emitted.size();
    }

    /** By address, 0 where nothing was emitted; null where the layer was not reported. */
    float[] emitted(final int layer, final int step) {
        return emitted.get(new Key(layer, step));
    }
}
