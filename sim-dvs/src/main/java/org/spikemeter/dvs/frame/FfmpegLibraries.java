package org.spikemeter.dvs.frame;

import java.io.IOException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** Loads FFmpeg's native libraries. */
public final class FfmpegLibraries {
    /** What can be done where video cannot be read. */
    public static final String INSTEAD_OF_VIDEO = "give frames as a folder of images or a .npy array";

    private FfmpegLibraries() {
    }

    /**
     * Loads what is needed and no more: the library of capture devices, which JavaCV would like to have, wants sound
     * servers that many machines are without, and JavaCV goes on without it. Only cameras need it.
     *
     * @param instead what can be done without FFmpeg
     * @param libraries classes of the binding, in the order of their dependencies
     * @throws IOException where one cannot be loaded
     */
    public static void load(final String instead, final Class<?>... libraries) throws IOException {
        try {
            for (final Class<?> library : libraries) {
                Loader.load(library);
            }
            // FFmpeg writes to standard error by itself; what matters becomes an exception
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        } catch (LinkageError e) {
            throw new IOException("FFmpeg's native library for " + Loader.getPlatform() + " cannot be loaded ("
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("no details")
                + "); without it, " + instead, e);
        }
    }
}
