package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/**
 * A network of odd cases (strides, groups, dilation, overlapping pools, soft reset, reset below 0) on signed, analog
 * and silent input, against SpikingJelly's spikes, potentials and currents.
 */
class AwkwardNetworkTest {
    @ParameterizedTest
    @EnumSource(names = {"SCALAR", "VECTOR"})
    void shouldGiveGoldenSpikesAndPotentialsWhenCasesAreOdd(final Kernels.Choice kernels) throws IOException {
        final Network network = ReferenceData.network("awkward-net");
        final List<StepEvents> input;
        try (ArrayStepSource source = ArrayStepSource.open(
            ReferenceData.path("awkward-net/input.npz"), network.input(), Integer.MAX_VALUE)) {
            input = ListStepSource.drain(source);
        }
        try (ArrayStore golden = ArrayStore.open(ReferenceData.path("awkward-net/spikes.npz"));
            Simulator simulator = new Simulator(
                new Simulator.Context().network(network).kernels(kernels).recordCurrents(true))) {
            assertEquals(10, input.size());
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                for (final String layer : List.of("lif1", "lif2", "lif3", "lif4", "lif5")) {
                    check(golden, simulator, layer, step);
                }
            }
        }
    }

    private static float[] byAddress(final Shape shape, final float[] channelFirst) {
        final float[] values = new float[channelFirst.length];
        for (int address = 0; address < values.length; address++) {
            values[address] = channelFirst[shape.channelFirstIndex(address)];
        }
        return values;
    }

    private static void check(
        final ArrayStore golden, final Simulator simulator, final String layer, final int step) throws IOException {
        final Shape shape = simulator.network().outputOf(simulator.network().indexOf(layer));
        final String where = layer + ", step " + step;
        final float[] actual = new float[shape.size()];
        simulator.current(layer, actual);
        assertNear(where + ", input current", shape, golden(golden, "cur_" + layer, shape, step), actual, 1e-6f);
        simulator.membrane(layer, actual);
        assertNear(where + ", potential", shape, golden(golden, "v_" + layer, shape, step), actual, 1e-6f);
        final StepEvents spikes = new StepEvents(shape);
        simulator.spikes(layer, spikes);
        assertNear(where + ", spike", shape, golden(golden, layer, shape, step), Grids.flat(Grids.of(spikes)), 0.0f);
    }

    private static float[] golden(final ArrayStore golden, final String array, final Shape shape, final int step)
        throws IOException {
        final float[] all = golden.get(array).toFloats();
        return byAddress(shape, Arrays.copyOfRange(all, step * shape.size(), (step + 1) * shape.size()));
    }

    private static void assertNear(
        final String where, final Shape shape, final float[] expected, final float[] actual, final float tolerance) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
                assertEquals(expected[i], actual[i], where + ", " + Grids.place(shape, i));
            }
        }
    }
}
