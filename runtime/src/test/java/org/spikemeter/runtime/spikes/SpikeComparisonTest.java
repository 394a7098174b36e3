package org.spikemeter.runtime.spikes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;

/** Two layers of two neurons; a spike into neuron 0 makes neuron 0 of both fire, in every step. */
class SpikeComparisonTest {
    private static final If NEURON = new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD);
    private static final Network NETWORK = Network.builder("two", Shape.flat(2))
        .add(new Layer.Linear("fc1", Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), null))
        .add(new Layer.Neurons("n1", NEURON))
        .add(new Layer.Linear("fc2", Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), null))
        .add(new Layer.Neurons("n2", NEURON)).build();

    @TempDir
    private Path folder;

    /** Two steps against a reference, [step, neuron] a layer. */
    private SpikeComparison compare(final boolean[] first, final boolean[] second) throws IOException {
        final LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("n1", NpyArray.ofBooleans(first, 2, 2));
        arrays.put("n2", NpyArray.ofBooleans(second, 2, 2));
        final Path file = folder.resolve("reference.npz");
        NpzWriter.write(file, arrays);
        final SpikeComparison comparison = new SpikeComparison(NETWORK, SpikeReference.read(file, NETWORK));
        try (Simulator simulator = new Simulator(new Simulator.Context().network(NETWORK).recordCurrents(true))) {
            final StepEvents events = new StepEvents(NETWORK.input());
            events.add(0);
            for (int step = 0; step < 2; step++) {
                simulator.step(events);
                comparison.step(simulator);
            }
        }
        return comparison;
    }

    @Test
    void shouldFindNothingWhenAllIsEqual() throws IOException {
        final boolean[] spikes = {true, false, true, false};
        final SpikeComparison comparison = compare(spikes, spikes);
        assertEquals(0, comparison.differences());
        assertEquals(4, comparison.referenceSpikes());
        assertEquals(0.0, comparison.rate());
        assertNull(comparison.first());
    }

    @Test
    void shouldTellTheOriginFromItsConsequence() throws IOException {
        final SpikeComparison comparison =
            compare(new boolean[] {false, false, true, false}, new boolean[] {false, false, true, false});
        assertEquals(2, comparison.differences());
        assertEquals(1, comparison.origins());
        assertEquals(0.0, comparison.furthestOrigin(), "at the threshold to the bit");
        assertEquals(new SpikeComparison.Difference(0, 1, 0, true, 1.0f, 1.0f), comparison.first());
        assertEquals(1.0, comparison.rate());
    }

    @Test
    void shouldReportTheDistanceWhenAReferenceFiresFarFromTheThreshold() throws IOException {
        final SpikeComparison comparison =
            compare(new boolean[] {true, false, true, false}, new boolean[] {true, false, true, true});
        assertEquals(1, comparison.differences());
        assertEquals(1, comparison.origins());
        assertEquals(1.0, comparison.furthestOrigin());
        assertEquals(new SpikeComparison.Difference(1, 3, 1, false, 0.0f, 1.0f), comparison.first());
    }
}
