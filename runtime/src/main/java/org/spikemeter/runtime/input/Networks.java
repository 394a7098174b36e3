package org.spikemeter.runtime.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.importer.nir.NirFile;
import org.spikemeter.engine.importer.nir.NirOptions;

/** Networks in any format, found by what is in the file, not by its name. */
public final class Networks {
    private static final int MAGIC_BYTES = 8;

    private Networks() {
    }

    /**
     * Reads a network.
     *
     * @param file null for the one that comes with the program
     * @param nir what NIR cannot say
     * @throws IllegalArgumentException where something was said about NIR and the file is something else
     * @throws IOException where it is no network, or cannot be read
     */
    public static ImportedNetwork read(final Path file, final NirOptions nir) throws IOException {
        final Path network = file == null ? Embedded.network() : file;
        if (Files.isRegularFile(network) && Files.isReadable(network)) {
            try (InputStream in = Files.newInputStream(network)) {
                if (NirFile.isHdf5(in.readNBytes(MAGIC_BYTES))) {
                    return NirFile.read(network, nir);
                }
            }
        }
        if (!nir.equals(NirOptions.NONE)) {
            throw new IllegalArgumentException(network + ": --dt, --reset, --firing and --if-gain are about NIR graphs,"
                + " this is none");
        }
        return new ImportedNetwork(NetworkFile.read(network), List.of(), List.of());
    }
}
