package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's native libraries. */
final class FfmpegLibrary {
    private FfmpegLibrary() {
    }

    /**
     * Loads what files need, which is less than what grabbers and recorders would like to have: the library of capture
     * devices wants sound servers that many machines are without, and they go on without it.
     *
     * @param instead what can be done without FFmpeg
     * @throws IOException where there is none for this machine
     */
    static void load(final String instead) throws IOException {
        try {
            for (final Class<?> library : List.of(avutil.class, swresample.class, avcodec.class, avformat.class,
                swscale.class)) {
                Loader.load(library);
            }
            // FFmpeg writes to standard error by itself; what matters becomes an exception here.
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        } catch (LinkageError e) {
            throw new IOException("FFmpeg's native library for " + Loader.getPlatform() + " cannot be loaded ("
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("no details")
                + "); without it, " + instead, e);
        }
    }
}
