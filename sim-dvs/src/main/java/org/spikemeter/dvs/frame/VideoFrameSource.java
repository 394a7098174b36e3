package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * A video file as frames, through FFmpeg.
 *
 * <ul>
 * <li>Grey video gives exactly the samples that are stored, at 8 or 16 bits (10 and 12 bits are scaled to 16).</li>
 * <li>Colour and YUV video is converted by FFmpeg to 8-bit RGB and from there to grey. Like OpenCV's reader, the
 * conversion takes every video for BT.601, and for limited range unless the pixel format says full.</li>
 * <li>A rotation by quarter turns that the container asks for (phones) is carried out, as players do; other angles and
 * mirroring are not. Pixels that are not square stay so; fields are not deinterlaced.</li>
 * <li>Every frame that the decoder gives counts, whatever its time stamp. Time stamps are taken as they are, also
 * where they are not even; one that lies before that of the frame before becomes equal to it, and where there is none,
 * the frame rate of the file counts.</li>
 * <li>Only the first video stream is read; sound is not decoded.</li>
 * </ul>
 *
 * <p>A damaged or cut file: the frames before the damage are delivered, and then {@link #next} fails, rather than end
 * as if the clip were complete, because a shorter clip gives other labels and counts. A cut is noticed where the
 * decoder says that a frame is damaged, and where the container states the length of the video and more than a tenth of
 * it, and three frames, are missing; a container without a stated length, or with other streams beside the video, just
 * ends. One that has its index at the end (MP4 as cameras write it) cannot be opened at all once it is cut. Damage that
 * the decoder does not report (FFV1 without checksums) is not noticed. Whoever stops reading earlier sees no error.
 */
public final class VideoFrameSource implements FrameSource {
    private static final int DAMAGED = AVFrame.FF_DECODE_ERROR_INVALID_BITSTREAM
        | AVFrame.FF_DECODE_ERROR_CONCEALMENT_ACTIVE | AVFrame.FF_DECODE_ERROR_DECODE_SLICES;

    private static final long MAX_GAP_MICROS = 3_600_000_000L;

    private final String name;
    private final GreyMode mode;
    private final boolean isCamera;
    private final FFmpegFrameGrabber grabber;
    private final Samples samples;
    private final int storedWidth;
    private final int storedHeight;
    private final int quarterTurns;
    private final byte[] row;
    private long frames;
    private long startMicros;
    private long micros;
    private boolean ended;

    private VideoFrameSource(
        final String name, final GreyMode mode, final FFmpegFrameGrabber grabber, final boolean isCamera)
        throws IOException {
        this.name = name;
        this.mode = mode;
        this.isCamera = isCamera;
        this.grabber = grabber;
        this.storedWidth = grabber.getImageWidth();
        this.storedHeight = grabber.getImageHeight();
        if (!grabber.hasVideo() || storedWidth <= 0 || storedHeight <= 0) {
            throw new VideoFormatException(name + ": no frame can be decoded, expected a video");
        }
        FrameLimits.check(name, storedWidth, storedHeight);
        this.samples = Samples.of(storedPixelFormat());
        // The grabber's buffer was made for 3 bytes a pixel, and the format is looked up again at every frame.
        grabber.setPixelFormat(samples.pixelFormat);
        // FFmpeg counts turns against the clock; one turn of this source goes with it.
        this.quarterTurns = Math.floorMod(-Math.round(grabber.getDisplayRotation() / 90.0), 4);
        this.row = new byte[samples.bytes * storedWidth];
    }

    /**
     * Opens the file and finds its first video stream.
     *
     * @throws VideoFormatException where the file is missing, empty, not a video, or has no video stream that can be
     *     decoded
     * @throws IOException where FFmpeg's native library cannot be loaded
     */
    public static VideoFrameSource open(final Path file, final GreyMode mode) throws IOException {
        return of(file, mode, FfmpegGrabbers.start(file), false);
    }

    /**
     * Opens a camera: frames as they come, as fast as it gives them. One that is damaged is shown as it is.
     *
     * @param device its file, such as {@code /dev/video0}
     * @throws VideoFormatException where there is no camera, or none that can be read
     * @throws IOException where FFmpeg's native library cannot be loaded
     */
    public static VideoFrameSource openCamera(final Path device, final GreyMode mode) throws IOException {
        return of(device, mode, FfmpegGrabbers.startCamera(device), true);
    }

    private static VideoFrameSource of(
        final Path path, final GreyMode mode, final FFmpegFrameGrabber grabber, final boolean isCamera)
        throws IOException {
        try {
            return new VideoFrameSource(path.toString(), mode, grabber, isCamera);
        } catch (IOException e) {
            grabber.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GreyMode greyMode() {
        return mode;
    }

    @Override
    public int width() {
        return quarterTurns % 2 == 0 ? storedWidth : storedHeight;
    }

    @Override
    public int height() {
        return quarterTurns % 2 == 0 ? storedHeight : storedWidth;
    }

    @Override
    public boolean next(final float[] grey) throws IOException {
        if (ended) {
            return false;
        }
        final long before = grabber.getTimestamp();
        final Frame frame = grab();
        if (frame == null) {
            ended = true;
            checkLength(before);
            return false;
        }
        check(frame);
        final ByteBuffer pixels = (ByteBuffer) frame.image[0];
        for (int y = 0; y < storedHeight; y++) {
            pixels.get(y * frame.imageStride, row);
            greyRow(y, grey);
        }
        readTime(frame);
        frames++;
        return true;
    }

    private void readTime(final Frame frame) throws VideoFormatException {
        if (((AVFrame) frame.opaque).best_effort_timestamp() == avutil.AV_NOPTS_VALUE) {
            micros = frames == 0 ? 0 : micros + Math.round(1e6 / grabber.getFrameRate());
            return;
        }
        if (frames == 0) {
            startMicros = frame.timestamp;
        }
        final long stamp = frame.timestamp - startMicros;
        if (stamp - micros > MAX_GAP_MICROS) {
            throw new VideoFormatException(name + ": frame " + frames + " at " + stamp / 1_000_000
                + " s, expected at most an hour after the frame before, at " + micros / 1_000_000 + " s");
        }
        micros = Math.max(micros, stamp);
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public void close() throws IOException {
        grabber.close();
    }

    private Frame grab() throws VideoFormatException {
        try {
            return grabber.grabImage();
        } catch (FrameGrabber.Exception e) {
            throw new VideoFormatException(name + ": frame " + frames + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void check(final Frame frame) throws VideoFormatException {
        if (frame.imageWidth != storedWidth || frame.imageHeight != storedHeight) {
            throw new VideoFormatException(name + ": frame " + frames + " has " + frame.imageWidth + " x "
                + frame.imageHeight + " pixels, expected " + storedWidth + " x " + storedHeight
                + " as in the frames before");
        }
        if (isCamera) {
            return;
        }
        final AVFrame picture = (AVFrame) frame.opaque;
        if ((picture.decode_error_flags() & DAMAGED) != 0 || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            throw new VideoFormatException(name + ": frame " + frames + " is damaged, expected a whole video");
        }
    }

    private void checkLength(final long lastMicros) throws VideoFormatException {
        if (frames == 0) {
            throw new VideoFormatException(name + ": no frame can be decoded, expected at least one");
        }
        final double frameMicros = 1e6 / grabber.getFrameRate();
        // The length is that of the longest stream, which tells of the video only where there is no other.
        final double lengthMicros = grabber.getFormatContext().nb_streams() == 1 ? grabber.getLengthInTime() : 0.0;
        final double start = Math.max(0.0, grabber.getFormatContext().start_time());
        final double missing = lengthMicros - (lastMicros - start + frameMicros);
        if (missing > 0.1 * lengthMicros && missing > 3.0 * frameMicros) {
            throw new VideoFormatException(String.format(Locale.ROOT,
                "%s: cut after frame %d, at %.2f s, expected %.2f s as the file states", name, frames - 1,
                (lengthMicros - missing) / 1e6, lengthMicros / 1e6));
        }
    }

    /** Stores one stored row where the rotation puts it. */
    private void greyRow(final int y, final float[] grey) {
        final int w = storedWidth;
        final int h = storedHeight;
        int at;
        final int step;
        switch (quarterTurns) {
            case 1 -> {
                at = h - 1 - y;
                step = h;
            }
            case 2 -> {
                at = w * (h - y) - 1;
                step = -1;
            }
            case 3 -> {
                at = (w - 1) * h + y;
                step = -h;
            }
            default -> {
                at = y * w;
                step = 1;
            }
        }
        for (int x = 0; x < w; x++) {
            grey[at] = samples.grey(mode, row, x);
            at += step;
        }
    }

    /** Only in this mode does the grabber say what the file stores; before the first frame a change does no harm. */
    private int storedPixelFormat() {
        final FrameGrabber.ImageMode asked = grabber.getImageMode();
        grabber.setImageMode(FrameGrabber.ImageMode.RAW);
        final int format = grabber.getPixelFormat();
        grabber.setImageMode(asked);
        return format;
    }

    /** What FFmpeg is asked for: whatever keeps the stored samples of grey video, else 8-bit colours. */
    private enum Samples {
        GREY8(avutil.AV_PIX_FMT_GRAY8, 1) {
            @Override
            float grey(final GreyMode mode, final byte[] row, final int x) {
                return mode.grey((row[x] & 0xff) / 255.0f);
            }
        },
        GREY16(avutil.AV_PIX_FMT_GRAY16LE, 2) {
            @Override
            float grey(final GreyMode mode, final byte[] row, final int x) {
                return mode.grey((row[2 * x] & 0xff | (row[2 * x + 1] & 0xff) << 8) / 65535.0f);
            }
        },
        BGR8(avutil.AV_PIX_FMT_BGR24, 3) {
            @Override
            float grey(final GreyMode mode, final byte[] row, final int x) {
                return mode.rgb8(row[3 * x + 2] & 0xff, row[3 * x + 1] & 0xff, row[3 * x] & 0xff);
            }
        };

        private final int pixelFormat;
        private final int bytes;

        Samples(final int pixelFormat, final int bytes) {
            this.pixelFormat = pixelFormat;
            this.bytes = bytes;
        }

        abstract float grey(GreyMode mode, byte[] row, int x);

        static Samples of(final int storedFormat) {
            final AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(storedFormat);
            final long other = avutil.AV_PIX_FMT_FLAG_PAL | avutil.AV_PIX_FMT_FLAG_BITSTREAM
                | avutil.AV_PIX_FMT_FLAG_FLOAT | avutil.AV_PIX_FMT_FLAG_HWACCEL | avutil.AV_PIX_FMT_FLAG_BAYER;
            if (descriptor == null || descriptor.nb_components() > 2 || (descriptor.flags() & other) != 0) {
                return BGR8;
            }
            return descriptor.comp(0).depth() > 8 ? GREY16 : GREY8;
        }
    }
}
