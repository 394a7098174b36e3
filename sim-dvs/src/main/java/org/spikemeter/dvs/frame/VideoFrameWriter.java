package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Writes frames of one size, in colour, as an MP4 that browsers play: H.264 with 4:2:0 colours, the index in front.
 * Where FFmpeg was built without an encoder of H.264, MPEG-4, which players play and browsers may not.
 *
 * <p>Used by one thread.
 */
public final class VideoFrameWriter implements AutoCloseable {
    /** The best first; what is there depends on how FFmpeg was built. */
    private static final List<String> H264_ENCODERS = List.of("libx264", "libopenh264");
    private static final int BYTES_PER_PIXEL = 3;
    /** Much for a picture of few colours, so that single pixels stay sharp. */
    private static final double BITS_PER_PIXEL = 0.25;
    private static final int MIN_BITS_PER_SECOND = 1_000_000;
    private static final int MAX_BITS_PER_SECOND = 40_000_000;

    private final String name;
    private final FFmpegFrameRecorder recorder;
    private final int width;
    private final int height;
    private final ByteBuffer pixels;

    private VideoFrameWriter(
        final String name, final FFmpegFrameRecorder recorder, final int width, final int height) {
        this.name = name;
        this.recorder = recorder;
        this.width = width;
        this.height = height;
        this.pixels = ByteBuffer.allocateDirect(BYTES_PER_PIXEL * width * height);
    }

    /**
     * Begins a video.
     *
     * @param file where it is written, whatever its name
     * @param name what messages call it
     * @param width columns of every frame, even
     * @param height rows of every frame, even
     * @param framesPerSecond above 0
     * @throws IllegalArgumentException where a side is odd, not positive, or the frame is too large
     * @throws IOException where FFmpeg cannot be loaded, or cannot write it
     */
    public static VideoFrameWriter create(
        final Path file, final String name, final int width, final int height, final double framesPerSecond)
        throws IOException {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0
            || (long) width * height > FrameLimits.MAX_PIXELS) {
            throw new IllegalArgumentException(name + ": video of " + width + " x " + height
                + " pixels: expected even sides, and at most " + FrameLimits.MAX_PIXELS + " pixels");
        }
        FfmpegLibraries.load("only pictures (.png) can be written", avutil.class, swresample.class, avcodec.class,
            avformat.class, swscale.class);
        final FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height, 0);
        recorder.setFormat("mp4");
        recorder.setOption("movflags", "+faststart");
        recorder.setFrameRate(framesPerSecond);
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setVideoBitrate((int) Math.clamp(BITS_PER_PIXEL * width * height * framesPerSecond,
            MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND));
        recorder.setImageScalingFlags(swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT);
        chooseEncoder(recorder);
        try {
            recorder.start();
        } catch (final FrameRecorder.Exception e) {
            release(recorder);
            throw failure(name, e);
        }
        return new VideoFrameWriter(name, recorder, width, height);
    }

    private static void chooseEncoder(final FFmpegFrameRecorder recorder) {
        for (final String encoder : H264_ENCODERS) {
            if (avcodec.avcodec_find_encoder_by_name(encoder) != null) {
                recorder.setVideoCodecName(encoder);
                return;
            }
        }
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
    }

    /**
     * Writes a frame.
     *
     * @param rgb row-major [height][width], red in bits 16 to 23, green in 8 to 15, blue in 0 to 7
     */
    public void write(final int[] rgb) throws IOException {
        final ByteBuffer into = pixels;
        into.clear();
        for (int i = 0; i < width * height; i++) {
            final int pixel = rgb[i];
            into.put((byte) pixel).put((byte) (pixel >> 8)).put((byte) (pixel >> 16));
        }
        into.flip();
        try {
            recorder.recordImage(width, height, Frame.DEPTH_UBYTE, BYTES_PER_PIXEL, BYTES_PER_PIXEL * width,
                avutil.AV_PIX_FMT_BGR24, into);
        } catch (final FrameRecorder.Exception e) {
            throw failure(name, e);
        }
    }

    /** Writes what is left, and the index. */
    @Override
    public void close() throws IOException {
        try {
            recorder.stop();
        } catch (final FrameRecorder.Exception e) {
            release(recorder);
            throw failure(name, e);
        }
    }

    private static void release(final FFmpegFrameRecorder recorder) {
        try {
            recorder.release();
        } catch (final FrameRecorder.Exception e) {
            // the failure that led here is the one to tell
            return;
        }
    }

    private static IOException failure(final String name, final FrameRecorder.Exception cause) {
        final IOException failure = new FileSystemException(name, null, "FFmpeg cannot write it ("
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no details")
                .replaceFirst(" ?\\(For more details.*", "") + ")");
        failure.initCause(cause);
        return failure;
    }
}
