package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.importer.NetworkFileWriter;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/** What is written and read again is the same network: the same layers, the same file, the same bits. */
class NetworkFileWriterTest {
    private static final int SEEDS = 100;

    @TempDir
    private Path folder;

    private Network writtenAndRead(final Network network) throws IOException {
        final Path file = folder.resolve("network.json");
        NetworkFileWriter.write(file, network);
        final Network read = NetworkFile.read(file);
        final Path again = Files.createDirectories(folder.resolve("again")).resolve("network.json");
        NetworkFileWriter.write(again, read);
        assertEquals(Files.readString(file), Files.readString(again));
        assertArrayEquals(Files.readAllBytes(folder.resolve("network.npz")),
            Files.readAllBytes(folder.resolve("again/network.npz")));
        return read;
    }

    private static List<StepEvents> outputs(final Network network, final List<StepEvents> input) {
        final List<StepEvents> outputs = new ArrayList<>();
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (final StepEvents events : input) {
                simulator.step(events);
                final StepEvents output = new StepEvents(network.output());
                simulator.spikes(network.layers().getLast().name(), output);
                outputs.add(output);
            }
        }
        return outputs;
    }

    private void sameBits(final Network network, final long seed) throws IOException {
        final Network read = writtenAndRead(network);
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        final List<StepEvents> expected = outputs(network, input);
        final List<StepEvents> actual = outputs(read, input);
        for (int step = 0; step < expected.size(); step++) {
            assertEquals(expected.get(step).size(), actual.get(step).size(), "seed " + seed + ", step " + step);
            for (int i = 0; i < expected.get(step).size(); i++) {
                assertEquals(expected.get(step).address(i), actual.get(step).address(i));
                assertEquals(expected.get(step).value(i), actual.get(step).value(i));
            }
        }
    }

    @Test
    void shouldGiveTheSameLayersAndBitsWhenNetworkIsRandom() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            final Network network = RandomNetwork.of(seed);
            final Network read = writtenAndRead(network);
            assertEquals(network.layers(), read.layers(), "seed " + seed);
            sameBits(network, seed);
        }
    }

    @Test
    void shouldGiveTheSameBitsWhenGraphIsRandom() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            sameBits(RandomGraph.of(new SplittableRandom(seed)), seed);
        }
    }

    @Test
    void shouldKeepWhatCameFromOtherFormats() throws IOException {
        final Network awkward =
            NirFile.read(ReferenceData.path("awkward-net/network.nir"), NirOptions.NONE).network();
        assertEquals(awkward.layers(), writtenAndRead(awkward).layers());
        final Network model = OnnxFile.read(
            ReferenceData.path("emotion-plif/topology-bn.onnx"), NeuronChoice.RECTIFIED).network();
        assertEquals(model.layers(), writtenAndRead(model).layers());
        final Network voting = ReferenceData.network("emotion-plif");
        assertEquals(voting.voting(), writtenAndRead(voting).voting());
    }

    @Test
    void shouldGiveArraysNamesThatFilesMayHave() throws IOException {
        final Network.Builder builder = Network.builder("odd", Shape.flat(1));
        float number = 1.0f;
        for (final String name : List.of("array2.a", "../a", "a", "/a", "..", "ä b", ":", "array0.a")) {
            builder.add(new Layer.Linear(name, Tensor.of(new float[] {number}, 1, 1), null));
            number++;
        }
        final Network network = builder.build();
        assertEquals(network.layers(), writtenAndRead(network).layers());
    }

    @Test
    void shouldLeaveNothingWhereItCannotWrite() throws IOException {
        final Network network = RandomNetwork.of(1);
        Files.createDirectory(folder.resolve("taken.json"));
        assertThrows(FileSystemException.class,
            () -> NetworkFileWriter.write(folder.resolve("taken.json"), network));
        assertThrows(FileSystemException.class,
            () -> NetworkFileWriter.write(folder.resolve("missing/network.json"), network));
        try (var files = Files.list(folder)) {
            assertEquals(List.of("taken.json"), files.map(file -> file.getFileName().toString()).toList());
        }
        assertTrue(Files.isDirectory(folder.resolve("taken.json")));
    }
}
