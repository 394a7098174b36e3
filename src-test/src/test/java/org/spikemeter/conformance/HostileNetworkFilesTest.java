package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.reference.ReferenceData;

/**
 * Network files that are cut at every hundredth byte, damaged, or made to harm: each is refused with its place, within
 * a second and 100 MB, or read as the network that it is.
 */
class HostileNetworkFilesTest {
    private static final int CUT = 100;
    private static final NeuronChoice INTEGRATE = NeuronChoice.all(new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));

    @TempDir
    private Path folder;

    private Path copy(final Path from, final String name) throws IOException {
        return Files.copy(from, folder.resolve(name));
    }

    private static Path nir(final String name) throws IOException {
        try {
            return Path.of(HostileNetworkFilesTest.class.getResource("/nir/" + name).toURI());
        } catch (final java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }

    static void report(final HostileReading reading) {
        if (Boolean.getBoolean("spikemeter.report")) {
            System.out.println("HOSTILE " + reading);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"awkward-net", "emotion-plif"})
    void shouldRefuseNetworkFilesThatAreCut(final String name) throws IOException {
        final Path network = copy(ReferenceData.path(name + "/network.json"), "network.json");
        final Path weights = copy(ReferenceData.path(name + "/weights.npz"), "weights.npz");
        report(new HostileReading(network, NeuronChoice.NONE).cut(network, 1));
        report(new HostileReading(network, NeuronChoice.NONE).cut(weights, CUT));
    }

    @Test
    void shouldRefuseFoldersOfArraysThatAreCut() throws IOException {
        final Path arrays = Files.createDirectory(folder.resolve("weights"));
        for (final Map.Entry<String, byte[]> entry : unzip(ReferenceData.path("awkward-net/weights.npz")).entrySet()) {
            Files.write(arrays.resolve(entry.getKey()), entry.getValue());
        }
        final Path network = Files.writeString(folder.resolve("network.json"),
            Files.readString(ReferenceData.path("awkward-net/network.json")).replace("weights.npz", "weights"));
        final HostileReading reading = new HostileReading(network, NeuronChoice.NONE);
        try (var files = Files.list(arrays)) {
            for (final Path file : files.sorted().toList()) {
                reading.cut(file, 10).flip(file, 200, 3);
            }
        }
        report(reading);
    }

    @Test
    void shouldReadOrRefuseNetworkFilesWithAByteChanged() throws IOException {
        final Path network = copy(ReferenceData.path("awkward-net/network.json"), "network.json");
        final Path weights = copy(ReferenceData.path("awkward-net/weights.npz"), "weights.npz");
        report(new HostileReading(network, NeuronChoice.NONE).flip(network, 2000, 1));
        report(new HostileReading(network, NeuronChoice.NONE).flip(weights, 2000, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"awkward-net/network.nir", "emotion-plif/network.nir"})
    void shouldRefuseNirGraphsThatAreCut(final String name) throws IOException {
        final Path graph = copy(ReferenceData.path(name), "network.nir");
        report(new HostileReading(graph, NeuronChoice.NONE).cut(graph, CUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "nested", "branches", "two-inputs", "line", "currents"})
    void shouldReadOrRefuseSmallNirGraphsThatAreCutOrChanged(final String name)
        throws IOException {
        final Path graph = copy(nir(name + ".nir"), "network.nir");
        report(new HostileReading(graph, NeuronChoice.NONE).cut(graph, CUT).flip(graph, 2000, 4));
    }

    @Test
    void shouldRefuseHostileNirGraphs() throws IOException {
        for (final Map.Entry<String, byte[]> entry : unzip(nir("hostile.zip")).entrySet()) {
            final Path graph = Files.write(folder.resolve(entry.getKey()), entry.getValue());
            final HostileReading reading = new HostileReading(graph, NeuronChoice.NONE);
            final String refusal = reading.refusal(entry.getKey());
            assertTrue(!refusal.contains("heap space"), refusal);
            report(reading);
        }
    }

    @ParameterizedTest
    @CsvSource({"topology-folded"})
    void shouldRefuseOnnxModelsThatAreCut(final String name) throws IOException {
        final Path model = copy(ReferenceData.path("emotion-plif/" + name + ".onnx"), "model.onnx");
        report(new HostileReading(model, INTEGRATE).cut(model, CUT).flip(model, 1000, 5));
    }

    private static Map<String, byte[]> unzip(final Path zip) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (InputStream raw = Files.newInputStream(zip); ZipInputStream in = new ZipInputStream(raw)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    static byte[] npy(final String header, final byte... data) {
        final String text = header + " ".repeat(Math.max(0, 117 - header.length())) + "\n";
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
        out.write(text.length());
        out.write(text.length() >> 8);
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        return out.toByteArray();
    }
}
