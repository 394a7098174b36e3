package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.engine.network.Network;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network a command runs, where it need not be said, and how its file is to be understood. */
final class ChosenNetwork {
    @Option(names = "--network", paramLabel = "FILE",
        description = "Network (.json, .nir, .onnx); without it, emotion-plif, which comes with the program.")
    private Path file;

    @Mixin
    private NetworkOptions options;

    /** The file; null for the network that comes with the program. */
    Path file() {
        return file;
    }

    /** Reads it. */
    Network read() throws IOException {
        return options.read(file).network();
    }
}
