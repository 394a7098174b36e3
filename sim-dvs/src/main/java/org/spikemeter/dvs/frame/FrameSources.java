package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens whatever holds frames. */
public final class FrameSources {
    private static final byte[] NPY_MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);

    private FrameSources() {
    }

    /**
     * As {@link #open(Path, GreyMode, FrameClock)}, with {@link FrameClock#DEFAULT}.
     */
    public static FrameSource open(final Path path, final GreyMode mode) throws IOException {
        return open(path, mode, FrameClock.DEFAULT);
    }

    /**
     * Opens a folder as images; a file that starts as a {@code .npy} does, or is named so, as an array; any other file
     * as video.
     *
     * @param clock times of frames that come without: images and arrays
     * @throws org.spikemeter.engine.FormatException where the path is missing or not what it is taken for
     * @throws IOException where it cannot be read
     */
    public static FrameSource open(final Path path, final GreyMode mode, final FrameClock clock)
        throws IOException {
        if (Files.isDirectory(path)) {
            return ImageFolderFrameSource.open(path, mode, clock);
        }
        if (Files.isRegularFile(path) && Files.isReadable(path) && (isNamedNpy(path) || startsAsNpy(path))) {
            return ArrayFrameSource.open(path, mode, clock);
        }
        return VideoFrameSource.open(path, mode);
    }

    private static boolean isNamedNpy(final Path path) {
        return path.toString().endsWith(".npy");
    }

    private static boolean startsAsNpy(final Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(NPY_MAGIC.length), NPY_MAGIC);
        }
    }
}
