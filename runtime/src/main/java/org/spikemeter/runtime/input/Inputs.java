package org.spikemeter.runtime.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.importer.ArrayStepSource;
import org.spikemeter.engine.network.Network;

/** Opens whatever gives steps to a network. */
public final class Inputs {
    private static final byte[] ZIP_MAGIC = {'P', 'K'};
    /** ON and OFF. */
    private static final int POLARITIES = 2;

    private Inputs() {
    }

    /**
     * How the simulated sensor works.
     *
     * @param sens threshold in units of grey, where white is 1
     * @param grey resolution of grey
     * @param firstFrame what step 0 carries
     */
    public record Sensor(float sens, GreyMode grey, FirstFrame firstFrame) {}

    /** What a path holds. */
    public enum Kind {
        /** An {@code .npz} with steps, which is fed as it is. */
        ARRAY,
        /** A recording of events, which is binned. */
        RECORDING,
        /** Video, images, an array of frames, which go through the simulated sensor. */
        FRAMES
    }

    /**
     * What a path holds: a recording, where one of the formats knows it by its bytes; else steps, where it is an
     * {@code .npz}; else frames. Of an {@code .npz} or {@code .npy} only a format of such files is believed: those
     * without a mark of their own take much for theirs.
     */
    public static Kind kind(final Path path) throws IOException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return Kind.FRAMES;
        }
        final boolean isArray = isArray(path);
        final String ending = isArray ? ".npz" : path.toString().endsWith(".npy") ? ".npy" : "";
        if (EventFormats.recognise(path).filter(
            format -> ending.isEmpty() || format.endings().contains(ending)).isPresent()) {
            return Kind.RECORDING;
        }
        return isArray ? Kind.ARRAY : Kind.FRAMES;
    }

    private static boolean isArray(final Path path) throws IOException {
        if (path.toString().endsWith(".npz")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP_MAGIC.length), ZIP_MAGIC);
        }
    }

    /**
     * Checks that a network takes ON and OFF.
     *
     * @param who gives them, as the message says it
     */
    public static void requirePolarities(final Network network, final String who) {
        if (network.input().channels() != POLARITIES) {
            throw new IllegalArgumentException("network '" + network.name() + "' takes " + network.input().channels()
                + " channels, " + who + " " + POLARITIES
                + " (ON, OFF): expected input as .npz with an array x [T, C, H, W]");
        }
    }

    /**
     * Opens an {@code .npz} with an array {@code x}.
     *
     * @param maxSteps steps to give at most
     */
    public static Input openArray(final Path path, final Network network, final int maxSteps) throws IOException {
        return Input.ofArray(path.toString(), ArrayStepSource.open(path, network.input(), maxSteps));
    }

    /**
     * Opens video, a folder of images or an array of frames, behind a sensor of the size of the network's input.
     *
     * @param name what to call it
     * @param steps steps a window
     */
    public static Input openFrames(
        final Path path, final String name, final Network network, final Sensor sensor, final int steps)
        throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        requirePolarities(network, "the simulated sensor gives");
        final FrameDifferenceSensor pixels = new FrameDifferenceSensor(
            network.input().width(), network.input().height(), sensor.sens(), sensor.firstFrame());
        final FrameSource frames = FrameSources.open(path, sensor.grey());
        return Input.ofSensor(name, new DvsStepSource(frames, pixels, steps), steps);
    }
}
