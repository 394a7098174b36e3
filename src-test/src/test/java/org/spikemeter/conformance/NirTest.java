package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.log.PackedSpikes;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.reference.Samples;
import org.spikemeter.runtime.spikes.Trace;

/** NIR graphs of this project and of other tools, against golden spikes, traces, and steps computed by hand. */
class NirTest {
    static EventLog run(final Network network, final List<StepEvents> input) {
        final EventLog log = new EventLog(network);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(log))) {
            input.forEach(simulator::step);
        }
        return log;
    }

    private static NirOptions soft(final String... nodes) {
        final Map<String, Reset> resets = new HashMap<>();
        for (final String node : nodes) {
            resets.put(node, Reset.soft());
        }
        return new NirOptions(OptionalDouble.empty(), resets, Map.of(), OptionalDouble.empty());
    }

    private static List<StepEvents> array(final Path file, final Network network) throws IOException {
        try (ArrayStepSource source = ArrayStepSource.open(file, network.input(), Integer.MAX_VALUE)) {
            return ListStepSource.drain(source);
        }
    }

    @ParameterizedTest
    @CsvSource({"emotion-plif, clip-9001", "emotion-plif, clip-9002", "emotion-plif-sparse, clip-9001"})
    void shouldGiveGoldenSpikes(final String name, final String clip) throws IOException {
        final EventLog golden = GoldenLogs.clip(name, clip);
        final Network network = NirFile.read(ReferenceData.path(name + "/network.nir"), NirOptions.NONE).network();
        assertNear(golden, run(network, ReferenceData.steps(clip + ".mkv")), 5e-5);
    }

    /** All but a few of the golden spikes, layers of the same name against one another. */
    static void assertNear(final EventLog golden, final EventLog log, final double tolerance) {
        final Network network = log.network();
        long differing = 0;
        long spikes = 0;
        for (int layer = 0; layer < golden.network().layers().size(); layer++) {
            if (!golden.has(layer)) {
                continue;
            }
            final int same = network.indexOf(golden.network().layers().get(layer).name());
            for (int step = 0; step < golden.steps(); step++) {
                spikes += golden.count(layer, step);
                for (int address = 0; address < network.outputOf(same).size(); address++) {
                    differing += golden.fired(layer, step, address) == log.fired(same, step, address) ? 0 : 1;
                }
            }
        }
        assertTrue(differing <= tolerance * spikes, differing + " of " + spikes);
    }

    @Test
    void shouldGiveTheAwkwardNetworksSpikesWithItsSoftResets() throws IOException {
        final EventLog golden = GoldenLogs.awkward();
        final Network network =
            NirFile.read(ReferenceData.path("awkward-net/network.nir"), soft("lif1", "lif4")).network();
        final EventLog log = run(network, array(ReferenceData.path("awkward-net/input.npz"), network));
        for (final String layer : List.of("lif1", "lif2", "lif3", "lif4", "lif5")) {
            final int expected = golden.network().indexOf(layer);
            final int actual = network.indexOf(layer);
            for (int step = 0; step < golden.steps(); step++) {
                for (int address = 0; address < network.outputOf(actual).size(); address++) {
                    assertEquals(golden.fired(expected, step, address), log.fired(actual, step, address), layer);
                }
            }
        }
    }

    @Test
    void shouldWarnOfASoftResetThatTheFileCannotSay() throws IOException {
        final ImportedNetwork imported =
            NirFile.read(ReferenceData.path("awkward-net/network.nir"), NirOptions.NONE);
        assertTrue(imported.warnings().stream().anyMatch(line -> line.startsWith("lif1: was trained with soft reset")),
            imported.warnings().toString());
        assertTrue(imported.assumptions().contains("dt is 1.0E-4 s, by the file's metadata"));
    }

    @Test
    void shouldFollowNorsesTrace() throws IOException {
        final Network network = NirFile.read(Samples.path("nir/lif_norse.nir"), NirOptions.NONE).network();
        final Trace trace = Trace.compare(Samples.path("nir/lif_norse.csv"), network);
        assertEquals(1000, trace.steps());
        assertTrue(trace.largestGap() < 1e-5, trace.toString());
        assertEquals(0, trace.differing());
        assertTrue(trace.spikes() > 0);
        // others discretise otherwise: there is a gap, and it is told
        assertTrue(Trace.compare(Samples.path("nir/lif_snntorch.csv"), network).largestGap() > 1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard", "soft"})
    void shouldGiveEverySpikeOfTheSinabsNetwork(final String reset) throws IOException {
        final Network network = NirFile.read(Samples.path("nir/cnn_sinabs.nir"),
            reset.equals("soft") ? soft(NirOptions.ALL) : NirOptions.NONE).network();
        final EventLog log = run(network, array(Samples.path("nir/cnn_sinabs-nmnist-input.npz"), network));
        try (ArrayStore golden = ArrayStore.open(Samples.path("nir/cnn_sinabs-nmnist-spikes.npz"))) {
            for (final String node : List.of("1", "3", "6", "10", "12")) {
                final int layer = network.indexOf(node);
                final Shape shape = network.outputOf(layer);
                final byte[] packed = golden.get(reset + "_" + node).toBytes();
                for (int step = 0; step < log.steps(); step++) {
                    for (int address = 0; address < shape.size(); address++) {
                        assertEquals(PackedSpikes.get(packed, (long) step * PackedSpikes.rowBytes(shape),
                            shape.channelFirstIndex(address)), log.fired(layer, step, address),
                            node + ", step " + step);
                    }
                }
            }
        }
        final int[] votes = new int[10];
        for (int step = 0; step < log.steps(); step++) {
            for (int neuron = 0; neuron < votes.length; neuron++) {
                votes[neuron] += log.fired(network.indexOf("12"), step, neuron) ? 1 : 0;
            }
        }
        assertArrayEquals(reset.equals("hard") ? new int[] {1, 0, 0, 0, 147, 2, 0, 0, 0, 0}
            : new int[] {1, 0, 0, 0, 263, 15, 0, 0, 0, 0}, votes);
    }

    /** The Braille networks written out: fc1 and the recurrent weights into CubaLIF, fc2, CubaLIF. */
    private static final class Braille {
        private final HdfFile file;
        private final boolean soft;
        private float[] hidden;
        private boolean started;
        private final float[] current1;
        private final float[] v1;
        private final float[] current2;
        private final float[] v2;

        Braille(final HdfFile file, final int neurons, final boolean soft) {
            this.file = file;
            this.soft = soft;
            this.hidden = new float[neurons];
            this.current1 = new float[neurons];
            this.v1 = new float[neurons];
            this.current2 = new float[7];
            this.v2 = new float[7];
        }

        private double[] numbers(final String path) {
            final Dataset dataset = file.getDatasetByPath("node/nodes/" + path);
            final Object flat = dataset.getDataFlat();
            final double[] numbers = new double[Array.getLength(flat)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Array.getDouble(flat, i);
            }
            return numbers;
        }

        private float[] affine(final String node, final float[] x, final int outputs, final boolean bias) {
            final double[] weight = numbers(node + "/weight");
            final double[] offset = bias ? numbers(node + "/bias") : new double[outputs];
            final float[] y = new float[outputs];
            for (int i = 0; i < outputs; i++) {
                for (int j = 0; j < x.length; j++) {
                    y[i] += x[j] * (float) weight[i * x.length + j];
                }
                y[i] += (float) offset[i];
            }
            return y;
        }

        private float[] cuba(final String node, final float[] x, final float[] current, final float[] v) {
            final double[] tauSyn = numbers(node + "/tau_syn");
            final double[] tauMem = numbers(node + "/tau_mem");
            final double[] r = numbers(node + "/r");
            final double[] w = numbers(node + "/w_in");
            final float[] spikes = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                current[i] += (float) (1e-4 / tauSyn[i] * (w[i] * x[i] - current[i]));
                v[i] += (float) (1e-4 / tauMem[i] * (r[i] * current[i] - v[i]));
                if (v[i] > 1.0f) {
                    spikes[i] = 1.0f;
                    v[i] = soft ? v[i] - 1.0f : 0.0f;
                }
            }
            return spikes;
        }

        float[] step(final float[] x, final boolean bias) {
            final float[] in = affine("fc1", x, hidden.length, bias);
            // the edge that closes the cycle carries nothing in the first step
            final float[] back = started ? affine("lif1.w_rec", hidden, hidden.length, bias) : new float[in.length];
            started = true;
            for (int i = 0; i < in.length; i++) {
                in[i] += back[i];
            }
            hidden = cuba("lif1.lif", in, current1, v1);
            return cuba("lif2", affine("fc2", hidden, 7, bias), current2, v2);
        }
    }

    @ParameterizedTest
    @CsvSource({"braille_noDelay_bias_zero, 38, true", "braille_noDelay_noBias_subtract, 40, false"})
    void shouldRunRecurrentNetworksStepByStep(final String name, final int neurons, final boolean bias)
        throws IOException {
        final Path file = Samples.path("nir/" + name + ".nir");
        final ImportedNetwork imported = NirFile.read(file, bias ? NirOptions.NONE : soft("lif1.lif", "lif2"));
        assertTrue(imported.assumptions().contains("the edge lif1.w_rec -> lif1.lif closes a cycle: it takes a step"));
        final Network network = imported.network();
        final SplittableRandom random = new SplittableRandom(7);
        final StepEvents events = new StepEvents(network.input());
        final StepEvents fired = new StepEvents(Shape.flat(neurons));
        int spikes = 0;
        try (HdfFile hdf = new HdfFile(file);
            Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final Braille expected = new Braille(hdf, neurons, !bias);
            for (int step = 0; step < 200; step++) {
                final float[] x = new float[12];
                events.clear();
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextInt(4) == 0 ? 1.0f : 0.0f;
                    events.add(i, x[i]);
                }
                simulator.step(events);
                final float[] output = expected.step(x, bias);
                simulator.spikes("lif1.lif", fired);
                final float[] hidden = new float[neurons];
                for (int i = 0; i < fired.size(); i++) {
                    hidden[fired.address(i)] = 1.0f;
                }
                assertArrayEquals(expected.hidden, hidden, "hidden spikes, step " + step);
                final StepEvents last = new StepEvents(Shape.flat(7));
                simulator.spikes("lif2", last);
                final float[] actual = new float[7];
                for (int i = 0; i < last.size(); i++) {
                    actual[last.address(i)] = 1.0f;
                }
                assertArrayEquals(output, actual, "output spikes, step " + step);
                spikes += fired.size() + last.size();
            }
        }
        assertTrue(spikes > 100, "it spikes: " + spikes);
    }
}
