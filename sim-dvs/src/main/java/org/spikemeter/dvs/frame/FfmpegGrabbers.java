package org.spikemeter.dvs.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;

/** Opens video files and cameras through JavaCV's FFmpeg binding, and turns what goes wrong into one line. */
final class FfmpegGrabbers {
    /**
     * Containers of video. FFmpeg knows many more formats, and by them would draw a text file as a terminal, or follow
     * a play list to other files and hosts.
     */
    private static final String CONTAINERS = "matroska,webm,mov,mp4,avi,mpegts,mpeg,mpegvideo,flv,ogg,ivf,asf,h264,"
        + "hevc,m4v,obu,gif,apng,yuv4mpegpipe,nut,mxf,dv,rm,wtv";

    /** Video4Linux2. */
    private static final String CAMERA = "v4l2";

    private FfmpegGrabbers() {
    }

    /**
     * A started grabber of the file's first video stream.
     *
     * @throws VideoFormatException where the file has no video that can be read
     * @throws IOException where FFmpeg itself cannot be loaded
     */
    static FFmpegFrameGrabber start(final Path file) throws IOException {
        final String name = file.toString();
        if (!Files.isReadable(file)) {
            throw new VideoFormatException(name + (Files.exists(file) ? ": cannot be read" : ": no such file")
                + ", expected a video");
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new VideoFormatException(name + ": empty file, expected a video");
        }
        FfmpegLibraries.load(FfmpegLibraries.INSTEAD_OF_VIDEO, avutil.class, swresample.class, avcodec.class,
            avformat.class, swscale.class);
        final FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
        grabber.setOption("format_whitelist", CONTAINERS);
        grabber.setOption("protocol_whitelist", "file");
        start(grabber, name, "not in a video format, or cut before its index",
            "a video (MP4, Matroska, AVI, MPEG, ...)");
        return grabber;
    }

    /**
     * A started grabber of a camera.
     *
     * @param device its file, such as {@code /dev/video0}
     * @throws VideoFormatException where there is no camera, or none that can be read
     * @throws IOException where FFmpeg itself cannot be loaded
     */
    static FFmpegFrameGrabber startCamera(final Path device) throws IOException {
        final String name = device.toString();
        if (!Files.exists(device) || !Files.isReadable(device)) {
            throw new VideoFormatException(name + (Files.exists(device) ? ": must not be read" : ": no such device")
                + ", expected a camera such as /dev/video0");
        }
        FfmpegLibraries.load("give a video, or frames as a folder of images or a .npy array", avutil.class,
            swresample.class, avcodec.class, avformat.class, swscale.class);
        FfmpegLibraries.loadDevices();
        final FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(device.toFile());
        grabber.setFormat(CAMERA);
        start(grabber, name, "no device of Video4Linux2, or another program has it", "a camera");
        return grabber;
    }

    /**
     * Starts a grabber, or closes it.
     *
     * @param unopened why it may be that it cannot be opened
     */
    private static void start(
        final FFmpegFrameGrabber grabber, final String name, final String unopened, final String expected)
        throws VideoFormatException, FrameGrabber.Exception {
        grabber.setVideoOption("max_pixels", Integer.toString(FrameLimits.MAX_PIXELS));
        // No such stream: sound is not decoded, so that it cannot fail either.
        grabber.setAudioStream(Integer.MAX_VALUE);
        // The same bits on every machine, whatever its vector instructions.
        grabber.setImageScalingFlags(swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT);
        try {
            grabber.start();
        } catch (FrameGrabber.Exception e) {
            grabber.close();
            throw new VideoFormatException(name + ": " + reason(e, unopened) + ", expected " + expected, e);
        }
    }

    private static String reason(final FrameGrabber.Exception e, final String unopened) {
        final String message = String.valueOf(e.getMessage());
        if (message.startsWith("avformat_open_input")) {
            return unopened;
        }
        if (message.startsWith("Did not find")) {
            return "no video stream in it";
        }
        if (message.startsWith("avcodec_find_decoder")) {
            return "video of a codec that FFmpeg was built without";
        }
        return "FFmpeg cannot read it: " + message.lines().findFirst().orElse("no details")
            .replaceFirst(" \\(For more details.*", "");
    }
}
