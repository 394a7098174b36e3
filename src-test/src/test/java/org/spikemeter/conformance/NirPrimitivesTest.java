package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** Each primitive of NIR in small graphs (made by make.py beside them) against its equation written out here. */
class NirPrimitivesTest {
    private static final float[][] WEIGHT = {{-0.75f, -0.5f, -0.25f}, {0.0f, 0.25f, 0.5f}};
    private static final int STEPS = 40;
    private static final long MEMORY = 100L << 20;

    @TempDir
    private Path folder;

    private static Path file(final String name) {
        try {
            return Path.of(NirPrimitivesTest.class.getResource("/nir/" + name + ".nir").toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a step should put out, given its input. */
    @FunctionalInterface
    private interface Expected {
        float[] step(float[] x);
    }

    private static ImportedNetwork check(final String name, final int inputs, final Expected expected)
        throws IOException {
        final ImportedNetwork imported = NirFile.read(file(name), NirOptions.NONE);
        final Network network = imported.network();
        final SplittableRandom random = new SplittableRandom(3);
        final StepEvents events = new StepEvents(network.input());
        final StepEvents output = new StepEvents(network.output());
        double sum = 0;
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < STEPS; step++) {
                final float[] x = new float[inputs];
                for (int i = 0; i < inputs; i++) {
                    x[i] = random.nextInt(-4, 5) / 2.0f;
                }
                events.clear();
                for (int address = 0; address < inputs; address++) {
                    events.add(address, x[network.input().channelFirstIndex(address)]);
                }
                simulator.step(events);
                simulator.spikes(network.layers().getLast().name(), output);
                final float[] actual = new float[network.output().size()];
                for (int i = 0; i < output.size(); i++) {
                    actual[output.address(i)] = output.value(i);
                    sum += Math.abs(output.value(i));
                }
                assertArrayEquals(expected.step(x), actual, 1e-5f, name + ", step " + step);
            }
        }
        assertTrue(sum > 1, name + " puts something out");
        return imported;
    }

    private static float[] times(final float[][] weight, final float... x) {
        final float[] y = new float[weight.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weight[i][j] * x[j];
            }
        }
        return y;
    }

    @Test
    void shouldDelayEachNeuronByItsOwnSteps() throws IOException {
        final int[] delays = {0, 2, 5};
        final List<float[]> history = new ArrayList<>();
        final float[] v = new float[2];
        final ImportedNetwork imported = check("delays", 3, x -> {
            history.add(x);
            final float[] late = new float[3];
            for (int i = 0; i < 3; i++) {
                late[i] = history.size() > delays[i] ? history.get(history.size() - 1 - delays[i])[i] : 0;
            }
            final float[] in = times(WEIGHT, late);
            for (int i = 0; i < 2; i++) {
                v[i] += (float) (1e-4 / 4e-4 * (in[i] - v[i]));
            }
            return v.clone();
        });
        // delays cost nothing: the operations are those of the weights
        final Network network = imported.network();
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < 6; step++) {
                final StepEvents events = new StepEvents(network.input());
                for (int i = 0; step == 0 && i < 3; i++) {
                    events.add(i);
                }
                simulator.step(events);
            }
            // two weights for each of three events, but one that is 0
            assertEquals(6, simulator.counts().total(Operation.SYNAPTIC_ACCUMULATES));
        }
    }

    @Test
    void shouldRunAnOutputThatOthersRead() throws IOException {
        final float[] v = new float[2];
        final float[][] spikes = {new float[2]};
        check("recurrent-output", 3, x -> {
            final float[] in = times(WEIGHT, x);
            final float[] back = times(new float[][] {{0.5f, -0.25f}, {0.25f, -0.5f}}, spikes[0]);
            spikes[0] = new float[2];
            for (int i = 0; i < 2; i++) {
                v[i] += in[i] + back[i];
                if (v[i] > 0.5f) {
                    spikes[0][i] = 1;
                    v[i] = 0;
                }
            }
            return spikes[0];
        });
    }

    @Test
    void shouldSumWhatAnOutputReads() throws IOException {
        final float[][] before = {new float[3]};
        check("summed-output", 3, x -> {
            final float[] now = times(WEIGHT, x);
            final float[] late = times(WEIGHT, before[0]);
            before[0] = x;
            return new float[] {now[0] + 2 * late[0], now[1] + 2 * late[1]};
        });
    }

    @Test
    void shouldKeepFactorsOfSingleValuesAndEvenKernels() throws IOException {
        check("factors", 8, x -> {
            final float[] y = new float[8];
            for (int out = 0; out < 2; out++) {
                for (int place = 0; place < 4; place++) {
                    // 'same' with a kernel of 2 pads behind alone, as PyTorch does
                    y[place * 2 + out] = out == 0 ? 0 : 0.25f;
                    for (int in = 0; in < 2; in++) {
                        for (int tap = 0; tap < 2 && place + tap < 4; tap++) {
                            final int source = in * 4 + place + tap;
                            y[place * 2 + out] += ((out * 4 + in * 2 + tap) / 8.0f - 0.5f) * x[source] * (source - 3);
                        }
                    }
                }
            }
            return y;
        });
    }

    @ParameterizedTest
    @CsvSource({"flat", "nested"})
    void shouldKeepTheParametersOfEachNeuronAlsoInsideAGraph(final String name) throws IOException {
        final float[] tau = {3e-4f, 5e-4f};
        final float[] r = {1, 2};
        final float[] leak = {0, 0.125f};
        final float[] threshold = {0.25f, 0.5f};
        final float[] reset = {0, -0.25f};
        final float[] bias = {0.5f, 0.25f};
        final float[] v = reset.clone();
        check(name, 3, x -> {
            final float[] in = times(WEIGHT, x);
            final float[] spikes = new float[2];
            for (int i = 0; i < 2; i++) {
                v[i] += (float) (1e-4 / tau[i] * (leak[i] - v[i] + r[i] * (in[i] + bias[i])));
                if (v[i] > threshold[i]) {
                    spikes[i] = 1;
                    v[i] = reset[i];
                }
            }
            return spikes;
        });
    }

    @Test
    void shouldSumBranchesOfWhichOneIsLate() throws IOException {
        final float[] v = new float[2];
        final float[][] past = new float[STEPS + 3][3];
        final int[] step = {0};
        check("branches", 3, x -> {
            past[step[0] + 2] = x;
            final float[] now = times(WEIGHT, x);
            final float[] late = times(WEIGHT, past[step[0]]);
            step[0]++;
            final float[] spikes = new float[2];
            for (int i = 0; i < 2; i++) {
                v[i] += now[i] - 2 * late[i];
                if (v[i] > 1) {
                    spikes[i] = 1;
                    v[i] = 0;
                }
            }
            return spikes;
        });
    }

    @Test
    void shouldPutSeveralInputsOneBehindTheOther() throws IOException {
        final float[] v = new float[2];
        final ImportedNetwork imported = check("two-inputs", 5, x -> {
            final float[] in = times(WEIGHT, x[0], x[1], x[2]);
            final float[] spikes = new float[2];
            for (int i = 0; i < 2; i++) {
                v[i] += in[i] + x[3 + i];
                if (v[i] > 1) {
                    spikes[i] = 1;
                    v[i] = 0;
                }
            }
            return spikes;
        });
        assertTrue(imported.assumptions().contains("input 'right' is 3 to 4 of the network's input"));
        assertTrue(imported.assumptions().contains("if: an input of 1 adds 1.0 in a step"), "r is 1/dt");
    }

    @Test
    void shouldRunOneDimensionalGraphsToAPotential() throws IOException {
        final float[] v = new float[2];
        check("line", 12, x -> {
            float ones = 0;
            for (int out = 0; out < 2; out++) {
                for (int at = 0; at < 6; at++) {
                    float sum = out == 0 ? 0 : 0.25f;
                    for (int in = 0; in < 2; in++) {
                        for (int k = 0; k < 3; k++) {
                            final int from = at + k - 1;
                            final float weight = ((out * 2 + in) * 3 + k) / 8.0f - 0.5f;
                            sum += from < 0 || from > 5 ? 0 : x[in * 6 + from] * weight;
                        }
                    }
                    ones += sum * (out == 0 ? 2 : -1) > 0.5f ? 1 : 0;
                }
            }
            for (int i = 0; i < 2; i++) {
                v[i] += 0.25f * (ones - v[i]);
            }
            return v;
        });
    }

    @Test
    void shouldFilterCurrentsAndIntegrateThem() throws IOException {
        final double[] tauSyn = {2e-4, 4e-4};
        final double[] tauMem = {5e-4, 8e-4};
        final float[] r = {2, 1};
        final float[] leak = {0.5f, 0};
        final float[] weight = {1, 3};
        final float[] gain = {0.25f, 0.5f};
        final float[] current = new float[2];
        final float[] v = {0.5f, 0};
        final float[] sum = new float[2];
        check("currents", 3, x -> {
            final float[] in = times(WEIGHT, x);
            for (int i = 0; i < 2; i++) {
                current[i] += (float) (1e-4 / tauSyn[i] * (weight[i] * in[i] - current[i]));
                v[i] += (float) (1e-4 / tauMem[i] * (leak[i] - v[i] + r[i] * current[i]));
                sum[i] += gain[i] * v[i];
            }
            return sum;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-type, Perceptron", "unknown-node, fc", "no-type, fc", "text-weight, weight", "nan-weight, NaN",
        "negative-tau, tau", "wrong-size, 'takes 2 inputs'", "huge-input, shape", "big-product, 65536",
        "no-input, Input", "only-cycle, cycle", "huge-claim, 2147483647", "edges-of-numbers, edges",
        "cyclic-link, nested", "soft-loop, node", "other, nodes", "edge-into-input, 'is an Input'",
        "edge-from-output, 'is an Output'", "loop-of-delays, 'back to itself'"})
    void shouldRefuse(final String name, final String mentioned) {
        final FormatException e =
            assertThrows(FormatException.class, () -> NirFile.read(file(name), NirOptions.NONE));
        assertTrue(e.getMessage().contains(name + ".nir") && e.getMessage().contains(mentioned), e.getMessage());
    }

    /**
     * Cut at every hundredth, and with bytes changed: a network or a refusal, in little time; of a cut file within
     * 100 MB.
     */
    @ParameterizedTest
    @CsvSource({"awkward-net", "emotion-plif"})
    void shouldReadOrRefuseDamagedFilesInLittleTimeAndSpace(final String name) throws IOException {
        final byte[] whole = Files.readAllBytes(ReferenceData.path(name + "/network.nir"));
        final SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int trial = 0; trial < 200; trial++) {
            final byte[] bytes = trial < 100 ? Arrays.copyOf(whole, whole.length * trial / 100) : whole.clone();
            for (int i = 0; trial >= 100 && i < 20; i++) {
                // where the structure is, not the weights
                bytes[random.nextInt(Math.min(bytes.length, 20_000))] ^= (byte) random.nextInt(1, 256);
            }
            refused += isRefused(Files.write(folder.resolve("damaged.nir"), bytes), trial < 100, "trial " + trial)
                ? 1 : 0;
        }
        assertTrue(refused >= 100, "refused " + refused);
    }

    private static boolean isRefused(final Path file, final boolean cut, final String trial) throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long bytes = threads.getCurrentThreadAllocatedBytes();
        final long start = System.nanoTime();
        boolean refused = false;
        try {
            NirFile.read(file, NirOptions.NONE);
        } catch (final FormatException e) {
            assertTrue(e.getMessage().contains("damaged.nir"), e.getMessage());
            refused = true;
        }
        assertTrue(System.nanoTime() - start < 5_000_000_000L, trial + " took long");
        assertTrue(!cut || threads.getCurrentThreadAllocatedBytes() - bytes < MEMORY, trial + " took much memory");
        return refused;
    }

    @Test
    void shouldNameNodesThatOptionsAreAbout() {
        final FormatException e = assertThrows(FormatException.class,
            () -> NirFile.read(file("flat"), new NirOptions(OptionalDouble.empty(),
                Map.of("soma", Reset.soft()), Map.of(),
                OptionalDouble.empty())));
        assertEquals(file("flat") + ": no spiking neurons called [soma], expected one of [lif]", e.getMessage());
    }
}
