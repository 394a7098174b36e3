package org.spikemeter.runtime.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.importer.onnx.OnnxFile;

/** Networks in any format: NIR by its first bytes; ONNX, which has none of its own, by the name's ending. */
public final class Networks {
    private static final int MAGIC_BYTES = 8;

    private Networks() {
    }

    /** True where a file begins as NIR graphs do. */
    public static boolean isNir(final Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return NirFile.isHdf5(in.readNBytes(MAGIC_BYTES));
        }
    }

    /** True where a file's name says that it is an ONNX model. */
    public static boolean isOnnx(final Path file) {
        return file.toString().endsWith(".onnx");
    }

    /**
     * Reads a network.
     *
     * @param file null for the one that comes with the program
     * @param nir what NIR cannot say
     * @param neurons what the rectified units of ONNX become
     * @throws IllegalArgumentException where something was said about NIR and the file is something else
     * @throws IOException where it is no network, or cannot be read
     */
    public static ImportedNetwork read(final Path file, final NirOptions nir, final NeuronChoice neurons)
        throws IOException {
        final Path network = file == null ? Embedded.network() : file;
        if (isNir(network)) {
            if (!neurons.equals(NeuronChoice.NONE)) {
                throw new IllegalArgumentException(network + ": --neuron is about ONNX models, this is a NIR graph");
            }
            return NirFile.read(network, nir);
        }
        final boolean onnx = isOnnx(network);
        if (!onnx && !neurons.equals(NeuronChoice.NONE)) {
            throw new IllegalArgumentException(network + ": --neuron is about ONNX models, this is none");
        }
        if (!nir.equals(NirOptions.NONE)) {
            throw new IllegalArgumentException(network + ": --dt, --reset, --firing and --if-gain are about NIR graphs,"
                + " this is none");
        }
        if (onnx) {
            return OnnxFile.read(network, neurons);
        }
        return new ImportedNetwork(NetworkFile.read(network), List.of(), List.of());
    }
}
