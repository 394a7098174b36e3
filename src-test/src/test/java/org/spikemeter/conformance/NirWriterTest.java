package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.importer.nir.NirWriter;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.NetworkCompiler;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.reference.Samples;

/** Networks written as NIR and read again, with the options that the writer names, run beside what they were. */
class NirWriterTest {
    private static final double DT = 1e-4;
    private static final int NETWORKS = 150;
    private static final Pattern OPTION = Pattern.compile(".*\\(--(reset|firing) (.+)=(soft|at)\\)");

    @TempDir
    private Path folder;

    private ImportedNetwork rewritten(final Network network, final double dt) throws IOException {
        final Path file = folder.resolve("network.nir");
        return NirFile.read(file, options(NirWriter.write(file, network, dt)));
    }

    /** What the lines say that the reader must be told. */
    private static NirOptions options(final List<String> lines) {
        final Map<String, Reset> resets = new HashMap<>();
        final Map<String, Firing> firings = new HashMap<>();
        for (final String line : lines) {
            final Matcher option = OPTION.matcher(line);
            if (option.matches() && option.group(1).equals("reset")) {
                resets.put(option.group(2), Reset.soft());
            } else if (option.matches()) {
                firings.put(option.group(2), Firing.AT_THRESHOLD);
            }
        }
        return new NirOptions(OptionalDouble.empty(), resets, firings, OptionalDouble.empty());
    }

    /** Runs both; zeros of either sign are the same. Gives the number of values that were not 0. */
    private static long assertSame(
        final String message, final Network expected, final Network actual, final List<StepEvents> input) {
        // a sum that is last, and that a layer reads a step later, is executed there alone
        final boolean emitsLast = NetworkCompiler.compile(expected).stream()
            .anyMatch(projection -> projection.outputLayer() == expected.layers().size() - 1);
        long values = 0;
        try (Simulator one = new Simulator(new Simulator.Context().network(expected));
            Simulator other = new Simulator(new Simulator.Context().network(actual))) {
            for (int step = 0; step < input.size(); step++) {
                one.step(input.get(step));
                other.step(input.get(step));
                final String where = message + ", step " + step + " of " + expected.layers();
                for (final Layer layer : expected.layers()) {
                    if (layer instanceof Layer.Neurons || layer instanceof Layer.Euler) {
                        final Shape shape = expected.outputOf(expected.indexOf(layer.name()));
                        assertArrayEquals(membrane(one, layer.name(), shape), membrane(other, layer.name(), shape),
                            "potential of " + layer.name() + where);
                        values += assertSame(where, one, layer.name(), other, layer.name());
                    }
                }
                if (emitsLast) {
                    values += assertSame(where, one, expected.layers().getLast().name(),
                        other, actual.layers().getLast().name());
                }
            }
        }
        return values;
    }

    private static float[] membrane(final Simulator simulator, final String layer, final Shape shape) {
        final float[] potentials = new float[shape.size()];
        simulator.membrane(layer, potentials);
        for (int i = 0; i < potentials.length; i++) {
            potentials[i] += 0.0f;
        }
        return potentials;
    }

    private static long assertSame(
        final String where, final Simulator one, final String layer, final Simulator other, final String same) {
        final Shape shape = one.network().outputOf(one.network().indexOf(layer));
        final StepEvents expected = new StepEvents(shape);
        final StepEvents actual = new StepEvents(shape);
        one.spikes(layer, expected);
        other.spikes(same, actual);
        assertArrayEquals(Grids.flat(Grids.of(expected)), Grids.flat(Grids.of(actual)), layer + where);
        return expected.size();
    }

    @Test
    void shouldGiveTheSameBitsWhenAChainIsReadAgain() throws IOException {
        long values = 0;
        for (int seed = 0; seed < NETWORKS; seed++) {
            final Network network = RandomNetwork.ofNir(seed);
            final Path file = folder.resolve(seed + ".nir");
            final List<String> lines = NirWriter.write(file, network, seed % 2 == 0 ? DT : 0.001);
            assertTrue(lines.stream().noneMatch(line -> line.contains("differ")), lines.toString());
            values += assertSame("seed " + seed, network, NirFile.read(file, options(lines)).network(),
                RandomNetwork.input(seed, network.input()));
        }
        assertTrue(values > 10_000, values + " values");
    }

    /** Sums have no rounding here, so that the order of names does no harm. */
    @Test
    void shouldGiveTheSameBitsWhenAGraphIsReadAgain() throws IOException {
        long values = 0;
        int branched = 0;
        for (int seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Network network = RandomGraph.ofNir(random);
            branched += network.isChain() ? 0 : 1;
            final List<StepEvents> input = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                final StepEvents events = new StepEvents(network.input());
                for (int i = 0; i < network.input().size(); i++) {
                    events.add(i, random.nextInt(3) == 0 ? 1 : 0);
                }
                input.add(events);
            }
            values += assertSame("seed " + seed, network, rewritten(network, DT).network(), input);
        }
        assertTrue(values > 5_000 && branched > NETWORKS / 2, values + " values, " + branched + " with branches");
    }

    @ParameterizedTest
    @CsvSource({"emotion-plif, clip-9001", "emotion-plif, clip-9002", "emotion-plif-sparse, clip-9001"})
    void shouldGiveGoldenSpikesWhenTheNetworkFileIsWrittenAsNir(final String name, final String clip)
        throws IOException {
        final Network network = rewritten(ReferenceData.network(name), DT).network();
        // factors k are time constants now: a potential near its threshold may fall to the other side
        NirTest.assertNear(GoldenLogs.clip(name, clip), NirTest.run(network, ReferenceData.steps(clip + ".mkv")), 1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emotion-plif/network.nir", "awkward-net/network.nir"})
    void shouldGiveTheSameBitsWhenNirIsReadAndWritten(final String file) throws IOException {
        checkRewritten(ReferenceData.path(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn_sinabs", "braille_noDelay_bias_zero", "braille_noDelay_noBias_subtract"})
    void shouldGiveTheSameBitsWhenNirOfOthersIsReadAndWritten(final String name) throws IOException {
        checkRewritten(Samples.path("nir/" + name + ".nir"));
    }

    private void checkRewritten(final Path file) throws IOException {
        final Network network = NirFile.read(file, NirOptions.NONE).network();
        final List<StepEvents> input = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            input.addAll(RandomNetwork.input(seed, network.input()));
        }
        assertTrue(assertSame(file.toString(), network, rewritten(network, DT).network(), input) > 100);
    }

    @Test
    void shouldGiveTheAwkwardNetworkAgain() throws IOException {
        final Network network = ReferenceData.network("awkward-net");
        assertTrue(assertSame("awkward", network, rewritten(network, DT).network(),
            RandomNetwork.input(7, network.input())) > 100);
    }

    private static float[] random(final SplittableRandom random, final int size, final double from, final double to) {
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
        return values;
    }

    private enum Kind { I, IF, LI, LIF, SOFT_LIF, CUBA_LI, CUBA_LIF, THRESHOLD }

    private static EulerModel euler(final Kind kind, final SplittableRandom random, final int size) {
        final boolean leaks = kind.name().contains("L") && kind != Kind.THRESHOLD;
        final boolean cuba = kind.name().startsWith("CUBA");
        final boolean fires = kind.name().endsWith("F") || kind == Kind.THRESHOLD;
        return new EulerModel(kind.name(), leaks ? EulerModel.Membrane.LEAK
            : kind == Kind.THRESHOLD ? EulerModel.Membrane.PASS : EulerModel.Membrane.INTEGRATE,
            cuba ? random(random, size, 0.01, 1.0) : null, cuba ? random(random, size, -1.0, 3.0) : null,
            leaks ? random(random, size, 0.01, 1.0) : null,
            kind == Kind.THRESHOLD ? null : random(random, size, -0.5, 3.0),
            leaks ? random(random, size, -0.1, 0.1) : null, fires ? random(random, size, 0.05, 0.5) : null,
            fires && kind != Kind.THRESHOLD && kind != Kind.SOFT_LIF ? random(random, size, -0.2, 0.05) : null,
            random.nextBoolean() ? Firing.AT_THRESHOLD : Firing.ABOVE_THRESHOLD);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldKeepTheParametersOfEachNeuron(final Kind kind) throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Shape shape = seed % 2 == 0 ? Shape.flat(1 + seed) : new Shape(1 + seed % 5, 3, 1 + seed % 4);
            final Network network = Network.builder("euler", shape)
                .add(new Layer.Euler("neurons", euler(kind, random, shape.size())), List.of(Edge.from(Edge.INPUT),
                    new Edge(Edge.INPUT, 2), new Edge(Edge.INPUT, 2))).build();
            assertSame(kind + ", seed " + seed, network, rewritten(network, seed % 3 == 0 ? 1e-3 : DT).network(),
                RandomNetwork.input(seed, shape));
        }
    }

    /** Time constants of whole and other steps, and that of a single step, which says little by itself. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1.1, 1.5, 1.9, 2.0, 2.3, 3.0, 7.7, 10.0, 12.34, 20.0, 100.1})
    void shouldReadTheSameLif(final double tau) throws IOException {
        for (final double dt : new double[] {1e-4, 1e-3, 0.5, 1.0, 3e-5}) {
            for (final boolean decayInput : new boolean[] {false, true}) {
                for (final Reset reset : List.of(Reset.hard(0.0f), Reset.hard(-0.3f), Reset.soft())) {
                    final Lif lif = new Lif(tau, decayInput, 0.7f, reset, Firing.AT_THRESHOLD);
                    final Network read = rewritten(oneLayer(lif), dt).network();
                    final Layer.Neurons neurons = (Layer.Neurons) read.layers().getFirst();
                    assertEquals(lif.charge(), neurons.model().charge(), "dt " + dt);
                    assertEquals(lif.reset(), neurons.model().reset());
                }
            }
        }
    }

    private static Network oneLayer(final NeuronModel model) {
        return Network.builder("one", Shape.flat(3)).add(new Layer.Neurons("neurons", model)).build();
    }

    private static Layer.Conv2d convolution(final String name, final Window window) {
        final float[] weight = new float[window.kernelY() * window.kernelX()];
        weight[0] = 1.0f;
        return new Layer.Conv2d(name, Tensor.of(weight, 1, 1, window.kernelY(), window.kernelX()), null, window, 1);
    }

    @Test
    void shouldNameWhatNirCannotSay() throws IOException {
        final Network network = Network.builder("told", Shape.flat(3))
            .add(new Layer.Sparse("/fc/sparse", new Connections(2, new int[] {0, 1, 1, 2}, new int[] {0, 1},
                new float[] {0.5f, 1.5f}), null))
            .add(new Layer.Neurons("lif1", new Lif(2.0, true, 1.0f, Reset.soft(), Firing.ABOVE_THRESHOLD)))
            .add(new Layer.Neurons("input", new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)))
            .add(new Layer.Neurons("plif1", new Plif(0.3f, true, 1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD)))
            .add(new Layer.Neurons("plif2", new Plif(0.0f, true, 1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD)))
            .voting(new Voting(List.of(new Voting.Group("a", 0, 2)))).build();
        final Path file = folder.resolve("told.nir");
        assertEquals(List.of(
            "/fc/sparse: is called .fc.sparse in the file",
            ".fc.sparse: its 2 synapses are written as a matrix of 6 weights; those that do not exist are 0",
            "lif1: soft reset; NIR says reset to v_reset (--reset lif1=soft)",
            "input: fires at its threshold; NIR fires above it (--firing input=at)",
            "plif1: its factor k is written as a time constant: last bits may differ",
            "readout by voting: NIR has none"), NirWriter.write(file, network, DT));
        final ImportedNetwork read = NirFile.read(file, NirOptions.NONE);
        assertEquals(List.of(".fc.sparse", "lif1", "input", "plif1", "plif2"),
            read.network().layers().stream().map(Layer::name).toList());
        assertTrue(read.assumptions().contains("dt is 1.0E-4 s, by the file's metadata"));
        assertTrue(read.warnings().getFirst().startsWith("lif1: was trained with soft reset"));
    }

    @Test
    void shouldTellWhereTheOrderOfSumsChanges() throws IOException {
        final Network network = Network.builder("sums", Shape.flat(2))
            .add(new Layer.Linear("c", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), null))
            .add(new Layer.Linear("b", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), null), List.of(Edge.from(Edge.INPUT)))
            .add(new Layer.Sum("sum"), List.of(Edge.from(0), Edge.from(1)))
            .add(new Layer.Neurons("if1", new If(1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD)),
                List.of(Edge.from(2), Edge.from(Edge.INPUT))).build();
        assertEquals(List.of("if1: what it reads is added in the order of names: last bits may differ"),
            NirWriter.write(folder.resolve("sums.nir"), network, DT));
    }

    private static float[] filled(final int size, final float value) {
        final float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    /** What is the same for all neurons is read as the engine's own models, which compute in another order. */
    @ParameterizedTest
    @CsvSource({"0.5, true", "0.3, false"})
    void shouldTellWhereForwardEulerIsReadAsALif(final float rate, final boolean same) throws IOException {
        final Shape shape = new Shape(2, 2, 1);
        final EulerModel model = new EulerModel("LIF", EulerModel.Membrane.LEAK, null, null, filled(4, rate),
            filled(4, 1.0f), filled(4, -0.1f), filled(4, 0.4f), filled(4, -0.1f), Firing.ABOVE_THRESHOLD);
        final Network network = Network.builder("uniform", shape).add(new Layer.Euler("lif", model)).build();
        final List<String> lines = NirWriter.write(folder.resolve("uniform.nir"), network, DT);
        assertEquals(same ? List.of() : List.of(
            "lif: forward Euler that is read as a LIF of SpikingJelly: last bits may differ"), lines);
        if (same) {
            assertSame("uniform", network, rewritten(network, DT).network(), RandomNetwork.input(1, shape));
        }
    }

    @Test
    void shouldTellWhereAGainIsReadAsOne() throws IOException {
        final EulerModel model = new EulerModel("IF", EulerModel.Membrane.INTEGRATE, null, null, null,
            new float[] {2.0f, Math.nextUp(1.0f)}, null, filled(2, 1.0f), filled(2, 0.0f), Firing.ABOVE_THRESHOLD);
        final Network network = Network.builder("gain", Shape.flat(2)).add(new Layer.Euler("if", model)).build();
        assertEquals(List.of("if: an input of 1 adds 1.0000001192092896, which is read as 1.0"),
            NirWriter.write(folder.resolve("gain.nir"), network, DT));
    }

    /** The reader puts a sum before a node that cannot read several, and calls it after the node. */
    @Test
    void shouldKeepNamesApartWhenALayerIsCalledAsTheReadersSums() throws IOException {
        final Network network = Network.builder("names", Shape.flat(1))
            .add(new Layer.Neurons("fc.sum", new If(1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD)))
            .add(new Layer.Sum("both"), List.of(Edge.from(0), Edge.from(Edge.INPUT)))
            .add(new Layer.Linear("fc", Tensor.of(new float[] {0.75f}, 1, 1), null)).build();
        final Path file = folder.resolve("names.nir");
        assertEquals(List.of("fc.sum: is called fc.sum_1 in the file"), NirWriter.write(file, network, DT));
        assertEquals(List.of("fc.sum_1", "fc.sum", "fc"), NirFile.read(file, NirOptions.NONE).network().layers()
            .stream().map(Layer::name).toList());
    }

    private static Network.Builder grid() {
        return Network.builder("bad", new Shape(4, 4, 1));
    }

    static Stream<Arguments> refused() {
        final EulerModel still = new EulerModel("LI", EulerModel.Membrane.LEAK, null, null, new float[1],
            new float[1], new float[1], null, null, Firing.ABOVE_THRESHOLD);
        return Stream.of(
            Arguments.of("layer 'pool': pools the maximum, which NIR has not: expected the average or the sum",
                grid().add(new Layer.Pool2d("pool", Layer.Pooling.MAX, Window.square(2, 2, 0)))),
            Arguments.of("layer 'relu': is a rectified unit, which NIR has not: expected neurons",
                grid().add(new Layer.Relu("relu", 1.0f))),
            Arguments.of("layer 'conv': has a padding of 0+1 x 0+1: NIR expects the same on both sides",
                grid().add(convolution("conv", Window.square(2, 1, 0).padded(0, 0, 1, 1)))),
            Arguments.of("layer 'pool': has a padding of 0+1 x 0+0: NIR expects the same on both sides",
                grid().add(new Layer.Pool2d("pool", Layer.Pooling.AVERAGE,
                    Window.square(2, 2, 0).padded(0, 0, 1, 0)))),
            Arguments.of("layer 'conv': reads a vector; NIR has no way from a vector to a grid, expected a grid",
                Network.builder("bad", Shape.flat(1)).add(new Layer.Linear("fc", Tensor.of(new float[1], 1, 1), null))
                    .add(convolution("conv", Window.square(1, 1, 0)))),
            Arguments.of("layer 'plif': its factor k is 0.0, a time constant of Infinity steps: expected a finite one",
                Network.builder("bad", Shape.flat(1)).add(new Layer.Neurons("plif",
                    new Plif(-1000.0f, true, 1.0f, Reset.soft(), Firing.AT_THRESHOLD)))),
            Arguments.of("layer 'li': a neuron leaks by 0.0 in a step: expected a positive rate",
                Network.builder("bad", Shape.flat(1)).add(new Layer.Euler("li", still))),
            Arguments.of("layer 'late': reads 'input' 70000 steps late: expected at most 65536",
                Network.builder("bad", Shape.flat(1)).add(new Layer.Sum("late"), List.of(new Edge(-1, 70_000)))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldWriteNothingWhenNirHasNothingForALayer(final String message, final Network.Builder network)
        throws IOException {
        final Path file = folder.resolve("kept.nir");
        Files.writeString(file, "as it was");
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
            () -> NirWriter.write(file, network.build(), DT));
        assertEquals(message, refused.getMessage());
        assertEquals("as it was", Files.readString(file));
        assertOnly(file);
    }

    private void assertOnly(final Path file) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void shouldLeaveNothingWhenTheFileCannotBeWritten() throws IOException {
        final Network network = oneLayer(new If(1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD));
        final Path inFolder = folder.resolve("a folder");
        Files.createDirectory(inFolder);
        assertThrows(IOException.class, () -> NirWriter.write(inFolder, network, DT));
        assertThrows(IOException.class, () -> NirWriter.write(folder.resolve("no/such.nir"), network, DT));
        assertThrows(IllegalArgumentException.class, () -> NirWriter.write(folder.resolve("dt.nir"), network, 0.0));
        assertOnly(inFolder);
    }
}
