package org.spikemeter.runtime.input;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The clip and the network that come with the program. FFmpeg and the network file's reader want files, so they are
 * unpacked into a temporary folder that goes when the program ends, also when it is interrupted.
 */
public final class Embedded {
    /** File name of the clip. */
    public static final String CLIP = "clip-9003.mp4";
    private static final String NETWORK = "network.json";
    private static final String WEIGHTS = "weights.npz";
    /** Files, each before the folder it is in. */
    private static final Deque<File> UNPACKED = new ConcurrentLinkedDeque<>();

    private Embedded() {
    }

    /** The clip. */
    public static Path clip() throws IOException {
        return unpack(CLIP);
    }

    /** The network {@code emotion-plif}. */
    public static Path network() throws IOException {
        return unpack(NETWORK, WEIGHTS);
    }

    /** Deletes what was unpacked, where the program ends without doing so itself. */
    public static void discard() {
        UNPACKED.forEach(File::delete);
    }

    /** Unpacks resources into one folder; the first is returned. */
    private static Path unpack(final String... names) throws IOException {
        final Path folder = Files.createTempDirectory("spikemeter");
        UNPACKED.addFirst(folder.toFile());
        folder.toFile().deleteOnExit();
        for (final String name : names) {
            final Path file = folder.resolve(name);
            UNPACKED.addFirst(file.toFile());
            file.toFile().deleteOnExit();
            try (InputStream resource = Embedded.class.getResourceAsStream(name)) {
                Files.copy(resource, file);
            }
        }
        return folder.resolve(names[0]);
    }
}
